import Driver
@main struct R { static func main() {} }
