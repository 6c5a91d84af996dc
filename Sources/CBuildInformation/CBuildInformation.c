#include "CBuildInformation.h"

#include <stddef.h>

// scripts/build writes this file and removes it when it is done. A build by hand has none, and claims nothing. It is C
// so that a new commit compiles this one file again and nothing else.
#if __has_include("generated.h")
#include "generated.h"
#else
#define COMMIT NULL
#define MODIFIED -1
#define SWIFT NULL
#endif

const char *cbuildinformation_commit(void) { return COMMIT; }

int cbuildinformation_modified(void) { return MODIFIED; }

const char *cbuildinformation_swift(void) { return SWIFT; }
