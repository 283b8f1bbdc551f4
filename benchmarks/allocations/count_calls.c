// Counts the calls that a program makes to the memory manager and to reference counting: loaded before
// the libraries that have them, it counts and passes on. At the end it writes one line a function to the
// file that COUNT_CALLS names.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void __libc_free(void *);

enum { MALLOC, CALLOC, REALLOC, FREE, RETAIN, RELEASE, RETAIN_BRIDGED, RELEASE_BRIDGED, ALLOCATE, UNIQUE, ACCESS, COUNT };
static const char *names[COUNT] = {
  "malloc", "calloc", "realloc", "free", "swift_retain", "swift_release", "swift_bridgeObjectRetain",
  "swift_bridgeObjectRelease", "swift_allocObject", "swift_isUniquelyReferenced_nonNull_native",
  "swift_beginAccess"};
static atomic_ulong calls[COUNT];
static void *next[COUNT];

static inline void count(int which) {
  atomic_fetch_add_explicit(&calls[which], 1, memory_order_relaxed);
}

// Memory is wanted before anything can be looked up.
void *malloc(size_t size) { count(MALLOC); return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { count(CALLOC); return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { count(REALLOC); return __libc_realloc(old, size); }
void free(void *block) { count(FREE); __libc_free(block); }

static inline void *following(int which) {
  if (!next[which]) next[which] = dlsym(RTLD_NEXT, names[which]);
  return next[which];
}

#define PASS_ON(which, result, name, parameters, arguments)      \
  result name parameters {                                       \
    count(which);                                                \
    return ((result(*) parameters)following(which)) arguments;   \
  }

PASS_ON(RETAIN, void *, swift_retain, (void *object), (object))
PASS_ON(RELEASE, void, swift_release, (void *object), (object))
PASS_ON(RETAIN_BRIDGED, void *, swift_bridgeObjectRetain, (void *object), (object))
PASS_ON(RELEASE_BRIDGED, void, swift_bridgeObjectRelease, (void *object), (object))
PASS_ON(ALLOCATE, void *, swift_allocObject, (void *type, size_t size, size_t mask), (type, size, mask))
PASS_ON(UNIQUE, _Bool, swift_isUniquelyReferenced_nonNull_native, (void *object), (object))
PASS_ON(ACCESS, void, swift_beginAccess, (void *place, void *buffer, size_t flags, void *pc), (place, buffer, flags, pc))

__attribute__((destructor)) static void report(void) {
  const char *path = getenv("COUNT_CALLS");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file) return;
  for (int which = 0; which < COUNT; which++) fprintf(file, "%s %lu\n", names[which], (unsigned long)calls[which]);
  fclose(file);
}
