// What scripts/build knew of the tree that it built.
#ifndef RINGBENCH_CBUILDINFORMATION_H
#define RINGBENCH_CBUILDINFORMATION_H

// The commit; NULL in a build that scripts/build did not make.
const char *cbuildinformation_commit(void);

// Whether the tree differed from that commit; -1 where nobody looked.
int cbuildinformation_modified(void);

// The version of the Swift compiler, such as 6.3.1; NULL in a build that scripts/build did not make.
const char *cbuildinformation_swift(void);

#endif
