package enum D {}
