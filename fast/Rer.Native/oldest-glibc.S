/* glibc 2.29 to 2.34 gave these functions new versions, without changing what matters here. A program linked against a
 * newer glibc requires the newest version and does not start with an older glibc. So the linker redirects all calls to
 * this file (--wrap), which calls the oldest version. Every glibc has that one. */

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
    OLD(shm_open, OLDEST)
    OLD(shm_unlink, OLDEST)
#if defined(__x86_64__)
    OLD(pthread_condattr_setclock, GLIBC_2.3.3)
    OLD(pthread_setname_np, GLIBC_2.12)
#else
    OLD(pthread_condattr_setclock, OLDEST)
    OLD(pthread_setname_np, OLDEST)
#endif

#if defined(RER_PROGRAM)
/* Runs a program's constructors. glibc has run them itself since 2.34, so a program linked against a newer glibc contains
 * nothing that would run them with an older one. The oldest __libc_start_main takes a function for this (its fourth
 * argument). */
    .globl __wrap___libc_start_main
    .hidden __wrap___libc_start_main
    .type __wrap___libc_start_main, %function
    .symver oldest_libc_start_main, JOIN(__libc_start_main, OLDEST)
    .hidden __init_array_start
    .hidden __init_array_end
#if defined(__x86_64__)
__wrap___libc_start_main:
    lea run_constructors(%rip), %rcx
    jmp oldest_libc_start_main@PLT
run_constructors:
    push %rbx
    push %r12
    push %r13
    push %r14
    sub $8, %rsp
    mov %edi, %r12d
    mov %rsi, %r13
    mov %rdx, %r14
    lea __init_array_start(%rip), %rbx
1:  lea __init_array_end(%rip), %rax
    cmp %rax, %rbx
    jae 2f
    mov %r12d, %edi
    mov %r13, %rsi
    mov %r14, %rdx
    call *(%rbx)
    add $8, %rbx
    jmp 1b
2:  add $8, %rsp
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    ret
#elif defined(__aarch64__)
__wrap___libc_start_main:
    adrp x3, run_constructors
    add x3, x3, :lo12:run_constructors
    b oldest_libc_start_main
run_constructors:
    stp x29, x30, [sp, -64]!
    stp x19, x20, [sp, 16]
    stp x21, x22, [sp, 32]
    str x23, [sp, 48]
    mov w19, w0
    mov x20, x1
    mov x21, x2
    adrp x22, __init_array_start
    add x22, x22, :lo12:__init_array_start
    adrp x23, __init_array_end
    add x23, x23, :lo12:__init_array_end
1:  cmp x22, x23
    b.hs 2f
    mov w0, w19
    mov x1, x20
    mov x2, x21
    ldr x3, [x22], 8
    blr x3
    b 1b
2:  ldr x23, [sp, 48]
    ldp x21, x22, [sp, 32]
    ldp x19, x20, [sp, 16]
    ldp x29, x30, [sp], 64
    ret
#endif
#endif

    .section .note.GNU-stack, "", %progbits
