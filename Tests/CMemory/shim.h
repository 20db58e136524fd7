/* How much memory the process has allocated and not freed, in bytes; -1 where nothing tells. */
#ifndef SEPARATRIX_CMEMORY_SHIM_H
#define SEPARATRIX_CMEMORY_SHIM_H
#if defined(__APPLE__)
#include <malloc/malloc.h>
static inline long sx_allocated_bytes(void) { return (long)mstats().bytes_used; }
#elif defined(__linux__)
#include <malloc.h>
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
static inline long sx_allocated_bytes(void) {
  const struct mallinfo2 memory = mallinfo2();
  return (long)(memory.uordblks + memory.hblkhd);
}
#else
static inline long sx_allocated_bytes(void) { return -1; }
#endif
#endif
#endif
