#pragma once

/// Marks a place in the code for `Profiler/profiler.c`: an instruction that does nothing (Intel's manual, "NOP", the form
/// of seven bytes), with 'R', 'B', the number and 'M' in place of an address. It is there in every build, so that what is
/// profiled is what is measured. Other processors than x86 have none.
#if defined(__x86_64__)
#define CMARKERS_MARK(number) __asm__ volatile(".byte 0x0f, 0x1f, 0x80, 'R', 'B', " #number ", 'M'" ::: "memory")
#else
#define CMARKERS_MARK(number) ((void)0)
#endif

/// A trial's checking rounds are over.
static inline void cmarkers_prepare(void) { CMARKERS_MARK(1); }
/// A timed region begins: right after the clock was read.
static inline void cmarkers_begin(void) { CMARKERS_MARK(2); }
/// A timed region ends: right before the clock is read.
static inline void cmarkers_end(void) { CMARKERS_MARK(3); }
/// The region that ended last is part of the reported figure.
static inline void cmarkers_counted(void) { CMARKERS_MARK(4); }
/// The region that ended last had a timer tick, and is part of the figure only where hardly a region has none.
static inline void cmarkers_aside(void) { CMARKERS_MARK(5); }
/// The trial has its figure.
static inline void cmarkers_finished(void) { CMARKERS_MARK(6); }
