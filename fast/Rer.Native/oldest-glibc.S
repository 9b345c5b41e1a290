/* glibc 2.29 to 2.34 gave these functions new versions without changing what they do for us. Whoever links against a
 * newer glibc asks for the newest version, and is refused by older ones: the linker sends all calls here (--wrap), and
 * they go on to the oldest version, which every glibc has. */

#if defined(__x86_64__)
#define OLDEST GLIBC_2.2.5
#define GO(symbol) jmp symbol@PLT
#elif defined(__aarch64__)
#define OLDEST GLIBC_2.17
#define GO(symbol) b symbol
#endif

#define JOIN(name, version) name@version
#define OLD(name, version) \
    .globl __wrap_##name; \
    .hidden __wrap_##name; \
    .type __wrap_##name, %function; \
    __wrap_##name: GO(oldest_##name); \
    .symver oldest_##name, JOIN(name, version)

    .text
    OLD(dladdr, OLDEST)
    OLD(dlclose, OLDEST)
    OLD(dlerror, OLDEST)
    OLD(dlopen, OLDEST)
    OLD(dlsym, OLDEST)
    OLD(exp, OLDEST)
    OLD(log, OLDEST)
    OLD(log2, OLDEST)
    OLD(pow, OLDEST)
    OLD(pthread_attr_getstack, OLDEST)
    OLD(pthread_attr_setstacksize, OLDEST)
    OLD(pthread_create, OLDEST)
    OLD(pthread_getattr_np, OLDEST)
    OLD(pthread_key_create, OLDEST)
    OLD(pthread_kill, OLDEST)
    OLD(pthread_mutexattr_destroy, OLDEST)
    OLD(pthread_mutexattr_init, OLDEST)
    OLD(pthread_mutexattr_settype, OLDEST)
    OLD(pthread_once, OLDEST)
    OLD(pthread_rwlock_rdlock, OLDEST)
    OLD(pthread_rwlock_unlock, OLDEST)
    OLD(pthread_rwlock_wrlock, OLDEST)
    OLD(pthread_setspecific, OLDEST)
    OLD(pthread_sigmask, OLDEST)
#if defined(__x86_64__)
    OLD(pthread_condattr_setclock, GLIBC_2.3.3)
    OLD(pthread_setname_np, GLIBC_2.12)
#else
    OLD(pthread_condattr_setclock, OLDEST)
    OLD(pthread_setname_np, OLDEST)
#endif

    .section .note.GNU-stack, "", %progbits
