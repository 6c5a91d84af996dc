# Makes the reference values of MannWhitneyTests, HodgesLehmannTests and HolmTests. Needs r-cran-coin.
# Rscript Tests/StatisticsTests/reference.R
suppressMessages(library(coin))
options(digits = 15)

samples <- list(
  separate = list(c(1, 2, 3, 4, 5, 6, 7), c(11, 12, 13, 14, 15, 16, 17)),
  overlapping = list(c(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46), c(1.15, 0.88, 0.90, 0.74, 1.21)),
  unequal = list(c(3.1, 2.7, 9.4), c(4.5, 6.2, 7.7, 3.3, 8.8, 5.1, 10.2, 6.9)),
  tied = list(c(1, 2, 2, 3, 3, 3, 4), c(2, 3, 3, 4, 4, 5, 5, 6)),
  constant = list(c(5, 5, 5, 5), c(5, 5, 5, 5, 5)),
  small = list(c(1.5, 2.5, 3.5), c(4.5, 5.5, 6.5))
)
tails <- function(x, y) {
  values <- c(x, y)
  group <- factor(c(rep("first", length(x)), rep("second", length(y))))
  p <- function(side) pvalue(wilcox_test(values ~ group, distribution = "exact", alternative = side))
  # "greater" of coin is about the first group.
  c(less = p("greater"), greater = p("less"))
}
for (name in names(samples)) {
  x <- samples[[name]][[1]]
  y <- samples[[name]][[2]]
  cat(name, if (length(unique(c(x, y))) > 1) tails(x, y) else "-", "\n")
  if (anyDuplicated(c(x, y)) == 0) {
    test <- wilcox.test(y, x, conf.int = TRUE, exact = TRUE)
    cat("  shift", test$estimate, "interval", test$conf.int, "\n")
  }
}
# Larger samples: exactly with 25 + 25 values, by the normal approximation with 40 + 30, some of them tied.
x <- (1:25 * 37) %% 101
y <- (1:25 * 53) %% 97 + 0.5
test <- wilcox.test(y, x, conf.int = TRUE, exact = TRUE)
cat("25 + 25", tails(x, y), "shift", test$estimate, "interval", test$conf.int, "\n")
x <- (1:40 * 37) %% 61
y <- (1:30 * 53) %% 59 + 7
p <- function(side) wilcox.test(y, x, alternative = side, exact = FALSE, correct = TRUE)$p.value
cat("40 + 30", c(less = p("less"), greater = p("greater")), "\n")
cat("Holm", p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5, 0.9), "holm"), "\n")
for (size in list(c(3, 3), c(4, 4), c(5, 5), c(6, 6), c(7, 7), c(9, 9), c(7, 9), c(25, 25))) {
  rank <- qwilcox(0.025, size[1], size[2])
  # The largest r with P(U <= r - 1) <= 0.025.
  while (rank > 0 && pwilcox(rank - 1, size[1], size[2]) > 0.025) rank <- rank - 1
  cat("rank", size, rank, "\n")
}
