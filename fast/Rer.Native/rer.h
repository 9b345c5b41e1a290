/* rer: the fast engine behind a C interface.
 *
 * Rules
 * - All text is UTF-8 with an explicit length; a terminating zero is neither needed nor written, but for error texts.
 * - Every function but rer_abi_version returns RER_OK or one of the error codes, and on an error writes one line that
 *   says what was wrong into the caller's `error` (of `error_capacity` bytes, zero-terminated, cut at a character;
 *   NULL with 0 if not wanted).
 * - Handles are numbers that are never used twice: a handle that was freed, was never given out, or is of another
 *   kind is answered with RER_INVALID_HANDLE. Free each with rer_free.
 * - Every function may be called from any thread. A repository may be used by any number of solves at a time, and
 *   freed meanwhile.
 * - Text that the library hands out belongs to the handle it was asked of, and lives until that is freed.
 * - Callbacks come on the thread that solves (with several requests: on any thread), and may call the library.
 * - A process that was forked after the library was loaded must not call it: its threads are gone. A copy of the file,
 *   loaded under another path, starts anew in it.
 */
#ifndef RER_H
#define RER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised with each change that is not an addition. */
#define RER_ABI_VERSION 3

#define RER_OK 0
#define RER_INVALID_ARGUMENT 1 /* a null pointer, a length beyond 512 MB, text that is not UTF-8, JSON of another form */
#define RER_INVALID_HANDLE 2
#define RER_OUT_OF_RANGE 3 /* no such result, no such failure, or no such detail of a result that ended so */
#define RER_INTERNAL 4     /* a fault of the library; the error text says which */
#define RER_STACK_USED_UP 5 /* less than 128 KB of the thread's stack are left: callbacks solve again and again */
#define RER_CANCELLED 6     /* a cancellation, or the pulse, ended the call */

typedef uint64_t rer_handle; /* 0 is none */

/* The RER_ABI_VERSION that the library was built with. */
int32_t rer_abi_version(void);

/* Writes the library's version, such as "0.1.0", zero-terminated. */
int32_t rer_version(char *text, size_t capacity);

/* Frees a repository, a result or a cancellation. */
int32_t rer_free(rer_handle handle, char *error, size_t error_capacity);

/* ---- Repositories -------------------------------------------------------------------------------------------------
 *
 * A repository is made of a JSON object:
 *
 *   {"sources": [source, ...],       packages of earlier sources shadow equal versions in later ones
 *    "search_paths": [text, ...],    how messages name the places searched; absent: as the sources call themselves
 *    "eager": bool,                  load everything now rather than when solves reach it; not with "ask" alone
 *    "request": [text, ...]}         the one request that it is made for: gives `ask` a range; it serves one solve
 *
 * A source is one of
 *
 *   {"packages": {family: {version: definition}}}
 *   {"repository": handle}                   the packages of another repository
 *   {"packages" or "repository": ..., "ask": n}   the same; families that it does not have are asked for
 *   {"paths": [directory, ...]}              rez's package paths, read without Python
 *   {"paths": [directory, ...], "ask": n}    the same; what cannot be known without Python is asked for
 *   {..., "ask": n, "known": m}              and each family is first asked for as one of source m: with an answer its
 *                                            versions are those, and definitions that are null are read; with none
 *                                            the family is read
 *   {..., "ask": n, "unknown_names": [name, ...]}   and definitions that use one of these names, which rez 3.4.0 has and
 *                                            the caller's rez does not ("testing"), are asked for
 *   {"paths": [...], ..., "index": index}    and indexes of the paths are read in place of the packages, as far as they
 *                                            hold
 *   {"ask": n}                               every family is asked for
 *
 *   index: {"level": "strict", "listing", "published" or "off", how much of the disk is looked at, see rer --index;
 *           "cache": directory,              of the caller's own, where what was read is remembered; optional
 *           "directory": directory}          where published indexes are, in place of the package paths; optional
 *
 *   definition: {"requires": [...], "variants": [[...], ...], "build_requires": [...], "timestamp": seconds}, each
 *   optional. The version of an unversioned package is "". The order of versions is that in which rez would list them.
 */

/* Asks for a family (version is NULL), once for each that a solve reaches, or for a version of it.
 * To be answered through rer_answer before it returns:
 *   a family:  {version: definition or null, ...}, null for a definition that is to be asked for when it is reached;
 *              no answer for a family that does not exist
 *   a version: its definition
 * `source` is the n of the source. `range` is NULL or, if the repository was made for one request, a range that
 * holds all versions that the solve needs, as far as it has come: what the request leaves, or what the packages loaded so
 * far ask for together. A family is asked for again if more of it turns out to be needed, or, without a range, if there
 * was nothing in the range. The latest answer counts. Returns 0; or another number to end the solve with an error of kind
 * "package_data", whose text is the answer. */
typedef int32_t (*rer_ask)(void *context, int32_t source, rer_handle question, const char *family,
                           size_t family_length, const char *version, size_t version_length, const char *range,
                           size_t range_length);

/* Creates a repository. `ask` may be NULL if no source has an "ask". */
int32_t rer_repository_create(const char *json, size_t json_length, rer_ask ask, void *context,
                              rer_handle *repository, char *error, size_t error_capacity);

/* Answers a question while its callback runs. The text is copied. */
int32_t rer_answer(rer_handle question, const char *text, size_t length, char *error, size_t error_capacity);

/* ---- Solving ------------------------------------------------------------------------------------------------------
 *
 * A question is a JSON object:
 *
 *   {"requests": [[requirement, ...], ...],
 *    "options": {...},      those of data_set/README.md: variant_select_mode, package_filter, package_orderers,
 *                           configured_orderers, timestamp, building, optimised, error_on_missing_variant_requires,
 *                           prune_unfailed, max_fails
 *    "asked_orderers": [     orderers that `order` is asked for, put into one of the lists of the options:
 *      {"number": n, "name": text, "packages": [family, ...], absent for all families,
 *       "compares_ranges": bool,   `compare` says which of two ranges that variants ask for is preferred
 *       "early": bool,             ask about every family that the solve reaches, whether or not the order matters
 *       "as_listed": bool,         `order` is given the versions as they are listed, not ascending
       "configured": bool,        put it into configured_orderers rather than package_orderers
 *       "position": n}, ...]       before which of the list it comes; absent: the first
 *    "time_limit": seconds, of each solve
 *    "threads": n}          how many solves at a time; absent: one for each core
 *
 * The summary is a JSON list with an object for each request, all with "status", "num_solves", "num_fails" and
 * "solve_time" (seconds), and
 *
 *   {"status": "solved", "resolved": [[name, version, variant index or null], ...], "ephemerals": [...]}
 *   {"status": "failed"}
 *   {"status": "error", "kind": kind, "message": text}
 *        kind: package_family_not_found, package_not_found, package_conflict, invalid_syntax, package_data,
 *        package_orderer
 *   {"status": "stopped", "reason": "cancelled" | "time_limit" | "callback", "message": text}
 *
 * and "rez_may_raise", a line of text, where rez may raise an exception for reasons of its own and the engine goes on:
 * whoever stands in for rez hands such a question back to it (the kinds: reference/SOLVER.md#departures).
 */

#define RER_KEEP_GOING 0
#define RER_ABORT 1
#define RER_FAIL 2 /* fail with the most recent failure; ignored while there is none */

/* Asked after each step of a solve that has not ended; `item` is the place of the request. Returns one of the three
 * above; the reason may be given through rer_answer. rer_phase renders where the solve stands. */
typedef int32_t (*rer_watch)(void *context, int32_t item, int32_t num_solves, int32_t num_fails, rer_handle question);

/* Called about every 50 ms on the thread that called rer_solve, while that solves. Another number than 0 ends the solves
 * as a cancellation does. */
typedef int32_t (*rer_pulse)(void *context);

/* Asks an orderer about listings, each of a family and all its versions as text, ascending. A listing has a number that
 * stands for the same family with the same versions for as long as the library is loaded; rer_listing says which. In a
 * solve an orderer is asked once about each family, and about several at a time where it may: an "early" one. To be
 * answered in `positions`, which has room for `position_count` of them, one for each version of each listing: for each
 * listing the positions of all its versions in it, from 0, the preferred first; one listing after the other. Returns 0;
 * or another number to end the solve with an error of kind "package_orderer", whose text is the answer through rer_answer.
 * It is called on the thread that solves. */
typedef int32_t (*rer_order)(void *context, int32_t orderer, rer_handle question, const uint64_t *listings,
                             size_t listing_count, int32_t *positions, size_t position_count);

/* Asks an orderer which of two ranges is preferred: 1 for the first, -1 for the second, 0 if they are equal; or another
 * number, as for rer_order. */
typedef int32_t (*rer_compare)(void *context, int32_t orderer, rer_handle question, const char *family,
                               size_t family_length, const char *range, size_t range_length,
                               const char *other_family, size_t other_family_length, const char *other_range,
                               size_t other_range_length);

/* What a solve may call; each may be NULL. */
typedef struct {
    rer_watch watch;
    rer_pulse pulse;
    rer_order order;
    rer_compare compare;
    void *context;
} rer_callbacks;

/* Solves; blocks until all requests have their results. `callbacks` may be NULL, `cancellation` 0. */
int32_t rer_solve(rer_handle repository, const char *json, size_t json_length, const rer_callbacks *callbacks,
                  rer_handle cancellation, rer_handle *result, const char **summary, size_t *summary_length,
                  char *error, size_t error_capacity);

/* The scopes of the phase that a watch is asked about, as rez renders them; lives until the watch returns. */
int32_t rer_phase(rer_handle question, const char **text, size_t *length, char *error, size_t error_capacity);

/* A listing that an orderer is asked about, by its place in the question: JSON, [family, [version, ...]]. Lives until the
 * function that is asked returns. */
int32_t rer_listing(rer_handle question, size_t place, const char **text, size_t *length, char *error,
                    size_t error_capacity);

#define RER_FAILURE 0  /* JSON: {"kind", "description", "involved"}; kind as rez names it, or "Unknown" */
#define RER_GRAPH 1    /* JSON: {"nodes": [[label, fillcolor, style]], "edges": [[source, target, kind, label]]};
                          kind: dependency, merge, reduction, conflict, cycle */
#define RER_DOT 2      /* the graph in the DOT language, as rez writes it */
#define RER_REQUIRES 3 /* JSON: for each resolved package the requirements of it and its variant */
#define RER_PLACES 4   /* JSON: for each resolved package the place of the source that has it, from 0, if that is one of
                          "paths" where it has a directory of its own, or that knows it by "known"; else null */
#define RER_REPORTED INT32_MIN

/* Computes a detail of a result. `index` chooses one of the failures of a failed solve (from 0; negative counts from
 * the last; RER_REPORTED is the one that rez reports), and is ignored where there is nothing to choose. */
int32_t rer_detail(rer_handle result, int32_t item, int32_t detail, int32_t index, const char **text, size_t *length,
                   char *error, size_t error_capacity);

/* What there is in a repository, without a solve. `json` is {} for a list of all families, {"family": f} for a list of
 * its versions, and {"family": f, "version": v} for
 *
 *   {"definition": {...}}                          or, where it cannot be read,
 *   {"error": text, "needs_python": bool}          the latter where running Python is all that is needed
 *
 * A family that cannot be listed is an error of the call. Free `look` with rer_free, and the text with it. */
int32_t rer_look(rer_handle repository, const char *json, size_t json_length, rer_handle *look, const char **text,
                 size_t *length, char *error, size_t error_capacity);

/* ---- Insights -----------------------------------------------------------------------------------------------------
 *
 * What only many solves can tell. `json` is one of
 *
 *   {"kind": "audit", "variants": bool}
 *   {"kind": "explain", "request": [text, ...]}
 *   {"kind": "impact", "requests": [[text, ...], ...],    and of the change at least one of
 *    "remove": [package, ...], "add": {family: {version: definition}}, "before": time, "after": time,
 *    "after_packages": handle of a repository,
 *    "explain": n}                                        of how many failures to find what cannot go together
 *   {"kind": "bisect", "request": [text, ...], "good": time, "bad": time, "resolves_to": package}
 *   {"kind": "dependents", "package": text, "latest": bool, "depth": n, "building": bool}
 *
 * each but the last with "options", as for rer_solve. What is not needed may be left out. The answer is the JSON that the
 * command `rer` prints with --format json. Of the callbacks the pulse alone is called. It belongs to `result`, which is
 * freed with rer_free. */
int32_t rer_insight(rer_handle repository, const char *json, size_t json_length, const rer_callbacks *callbacks,
                    rer_handle cancellation, rer_handle *result, const char **text, size_t *length, char *error,
                    size_t error_capacity);

/* ---- Definitions --------------------------------------------------------------------------------------------------
 *
 * Reads the package.py files that are static: name, version, requires and variants are literals, and nothing else in them
 * can change these. All others are for rez.
 *
 *   {"texts": [text, ...],    the texts of files
 *    "paths": [path, ...],    files
 *    "threads": n}            how many at a time; absent: one for each core
 *
 * The answer is a JSON list, texts first, of [name, version, requires, variants], or null for what is not static, cannot
 * be read or is no UTF-8. It belongs to `result`, which is freed with rer_free. */
int32_t rer_read_static(const char *json, size_t json_length, rer_handle *result, const char **text, size_t *length,
                        char *error, size_t error_capacity);

/* A cancellation ends the solves it was given to, at once or, if they have not begun, when they begin. */
int32_t rer_cancellation_create(rer_handle *cancellation, char *error, size_t error_capacity);
int32_t rer_cancel(rer_handle cancellation, char *error, size_t error_capacity);

#ifdef __cplusplus
}
#endif

#endif
