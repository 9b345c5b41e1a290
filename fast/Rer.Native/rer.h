/* rer: the fast engine behind a C interface.
 *
 * Rules
 * - All text is UTF-8 with an explicit length. Except for error texts, no terminating zero is needed or written.
 * - Every function except rer_abi_version returns RER_OK or one of the error codes. On an error, it also writes one line about the cause to the caller's `error` (of `error_capacity` bytes, zero-terminated, truncated at a character boundary). Pass NULL and 0 if you do not want it.
 * - Handles are numbers that are never reused. A handle that was freed, never existed, or is of another kind gives
 *   RER_INVALID_HANDLE. Free each handle with rer_free.
 * - Every function may be called from any thread. A repository may be used by any number of solves at a time, and may
 *   be freed while they run.
 * - Text returned by the library belongs to the handle it was requested from, and is valid until that is freed.
 * - Callbacks are called on the solving thread (with several requests, on any thread), and may call the library.
 * - A process forked after the library was loaded must not call it, because the library's threads do not exist in it.
 *   It may load a copy of the file under another path, which starts with fresh state.
 */
#ifndef RER_H
#define RER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* This is increased with each change that is not only an addition. */
#define RER_ABI_VERSION 3

#define RER_OK 0
#define RER_INVALID_ARGUMENT 1 /* a null pointer, a length beyond 512 MB, text that is not UTF-8, unexpected JSON */
#define RER_INVALID_HANDLE 2
#define RER_OUT_OF_RANGE 3 /* no such result or failure, or a result with this status has no such detail */
#define RER_INTERNAL 4     /* an internal error of the library, described in the error text */
#define RER_STACK_USED_UP 5 /* less than 128 KB of the thread's stack is left: callbacks keep starting solves */
#define RER_CANCELLED 6     /* a cancellation or the pulse ended the call */

typedef uint64_t rer_handle; /* 0 means none */

/* The RER_ABI_VERSION that the library was built with. */
int32_t rer_abi_version(void);

/* Writes the library's version, such as "0.1.0", zero-terminated. */
int32_t rer_version(char *text, size_t capacity);

/* Frees a repository, a result or a cancellation. */
int32_t rer_free(rer_handle handle, char *error, size_t error_capacity);

/* ---- Repositories -------------------------------------------------------------------------------------------------
 *
 * A repository is created from a JSON object:
 *
 *   {"sources": [source, ...],       packages of earlier sources shadow equal versions in later ones
 *    "search_paths": [text, ...],    the searched places as named in messages; by default the names of the sources
 *    "eager": bool,                  load everything now instead of when solves reach it. Not possible if a source has
 *                                    "ask" but not "paths"
 *    "request": [text, ...]}         serves only one solve, of this request; `ask` gets ranges
 *
 * A source is one of
 *
 *   {"packages": {family: {version: definition}}}
 *   {"repository": handle}                   the packages of another repository
 *   {"packages" or "repository": ..., "ask": n}   the same; `ask` is called for families that it does not have
 *   {"paths": [directory, ...]}              rez's package paths, read without Python
 *   {"paths": [directory, ...], "ask": n}    the same; `ask` is called for what cannot be known without Python
 *   {..., "ask": n, "known": m}              also, `ask` is first called for each family with source m. If it answers,
 *                                            the family has these versions, and definitions that are null are read. If
 *                                            it does not, the family is read
 *   {..., "ask": n, "unknown_names": [name, ...]}   also, `ask` is called for definitions that use one of these names.
 *                                            They are names that rez 3.4.0 has and the caller's rez does not ("testing")
 *   {"paths": [...], ..., "index": index}    also, indexes of the paths are read instead of the packages, as far as
 *                                            they are valid
 *   {"ask": n}                               `ask` is called for every family
 *
 *   index: {"level": "strict", "listing", "published" or "off", how much of the disk is checked, see rer --index;
 *           "cache": directory,              the caller's own directory for an index of what was read; optional
 *           "directory": directory}          where published indexes are, if not in the package paths; optional
 *
 *   definition: {"requires": [...], "variants": [[...], ...], "build_requires": [...], "timestamp": seconds}. All
 *   members are optional. The version of an unversioned package is "". Versions are in the order in which rez would
 *   list them.
 */

/* Asks for a family (`version` is NULL), once for each family that a solve reaches, or for one of its versions.
 * Call rer_answer before you return, with
 *   for a family:  {version: definition or null, ...}; null means to ask for the definition when it is reached.
 *                  Do not call it for a family that does not exist.
 *   for a version: its definition
 * `source` is the n of the source. `range` is NULL or, if the repository was created for one request, a range that
 * contains all versions that the solve can need so far: the range in the request, or the union of what the packages
 * loaded so far require. The function is called again for a family if more of it turns out to be needed, or without a
 * range if nothing was in the range. The latest answer counts. Return 0. Any other number ends the solve with an error of
 * kind "package_data", whose text is the answer. */
typedef int32_t (*rer_ask)(void *context, int32_t source, rer_handle question, const char *family,
                           size_t family_length, const char *version, size_t version_length, const char *range,
                           size_t range_length);

/* Creates a repository. `ask` may be NULL if no source has "ask". */
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
 *    "asked_orderers": [     orderers implemented by `order`, inserted into one of the option lists:
 *      {"number": n, "name": text, "packages": [family, ...], absent for all families,
 *       "compares_ranges": bool,   `compare` decides which of two ranges required by variants is preferred
 *       "early": bool,             ask about every family that the solve reaches, even if the order does not matter
 *       "as_listed": bool,         `order` gets the versions as they are listed, not ascending
 *       "assumed": bool,           assume that `order` answers as it did last. Ask about all families at the end of the solve, and repeat it if an answer has changed
 *       "consistent": bool,        swapping the ranges is known to reverse the result of `compare`
 *       "configured": bool,        insert it into configured_orderers instead of package_orderers
 *       "position": n}, ...]       the index in the list before which it is inserted; by default the first
 *    "time_limit": seconds, for each solve
 *    "threads": n}          the number of concurrent solves; by default one per core
 *
 * The summary is a JSON list with an object for each request. All have "status", "num_solves", "num_fails" and
 * "solve_time" (seconds). In addition:
 *
 *   {"status": "solved", "resolved": [[name, version, variant index or null], ...], "ephemerals": [...]}
 *   {"status": "failed"}
 *   {"status": "error", "kind": kind, "message": text}
 *        kind: package_family_not_found, package_not_found, package_conflict, invalid_syntax, package_data,
 *        package_orderer
 *   {"status": "stopped", "reason": "cancelled" | "time_limit" | "callback", "message": text}
 *
 * "rez_may_raise" is a line of text. It is present if rez might raise an exception for a request that the engine can
 * solve. An integration that replaces rez should pass such a request back to it. For the kinds, see
 * reference/SOLVER.md#departures.
 */

#define RER_KEEP_GOING 0
#define RER_ABORT 1
#define RER_FAIL 2 /* fail with the most recent failure; ignored if nothing has failed yet */

/* Called after each step of an unfinished solve. `item` is the index of the request. Return one of the three constants
 * above. Pass the reason, if any, to rer_answer. rer_phase renders the state of the solve. */
typedef int32_t (*rer_watch)(void *context, int32_t item, int32_t num_solves, int32_t num_fails, rer_handle question);

/* Called about every 50 ms during rer_solve, on the thread that called it. Any number other than 0 ends the solves, as a
 * cancellation does. */
typedef int32_t (*rer_pulse)(void *context);

/* Asks an orderer about listings. A listing is a family with all its versions as text, ascending. Its number belongs to this family with these versions for as long as the library is loaded. rer_listing returns both. In a solve, an orderer is asked once about each family. An "early" one may be asked about several families at a time. Write the
 * answer to `positions`, which has room for `position_count` numbers, one for each version of each listing. For each
 * listing in turn, write the positions of all its versions in the listing, from 0, the preferred first. Return 0. Any
 * other number ends the solve with an error of kind "package_orderer", whose text is passed to rer_answer. The function
 * is called on the solving thread. */
typedef int32_t (*rer_order)(void *context, int32_t orderer, rer_handle question, const uint64_t *listings,
                             size_t listing_count, int32_t *positions, size_t position_count);

/* Asks an orderer which of two ranges is preferred. Return 1 for the first, -1 for the second, 0 if they are equal. Any
 * other number ends the solve, as for rer_order. */
typedef int32_t (*rer_compare)(void *context, int32_t orderer, rer_handle question, const char *family,
                               size_t family_length, const char *range, size_t range_length,
                               const char *other_family, size_t other_family_length, const char *other_range,
                               size_t other_range_length);

/* The functions that a solve may call. Each may be NULL. */
typedef struct {
    rer_watch watch;
    rer_pulse pulse;
    rer_order order;
    rer_compare compare;
    void *context;
} rer_callbacks;

/* Solves, and blocks until all requests have results. `callbacks` may be NULL, `cancellation` may be 0. */
int32_t rer_solve(rer_handle repository, const char *json, size_t json_length, const rer_callbacks *callbacks,
                  rer_handle cancellation, rer_handle *result, const char **summary, size_t *summary_length,
                  char *error, size_t error_capacity);

/* The scopes of the phase that a watch is asked about, as rez renders them. Valid until the watch returns. */
int32_t rer_phase(rer_handle question, const char **text, size_t *length, char *error, size_t error_capacity);

/* A listing that an orderer is asked about, by its index in the question, as JSON: [family, [version, ...]]. Valid until
 * the orderer's function returns. */
int32_t rer_listing(rer_handle question, size_t place, const char **text, size_t *length, char *error,
                    size_t error_capacity);

#define RER_FAILURE 0  /* JSON: {"kind", "description", "involved"}; kind as rez names it, or "Unknown" */
#define RER_GRAPH 1    /* JSON: {"nodes": [[label, fillcolor, style, number]], "edges": [[source, target, kind, label]]};
                          kind: dependency, merge, reduction, conflict, cycle */
#define RER_DOT 2      /* the graph in the DOT language, as rez writes it */
#define RER_REQUIRES 3 /* JSON: for each resolved package, the requirements of the package and its variant */
#define RER_PLACES 4   /* JSON: for each resolved package, the index of the source that has it, from 0, if the package has
                          its own directory in one of "paths" or came from "known"; otherwise null */
#define RER_REPORTED INT32_MIN

/* Computes a detail of a result. `index` chooses one of the failures of a failed solve: from 0, negative from the last,
 * or RER_REPORTED for the one that rez reports. It is ignored if there is nothing to choose. */
int32_t rer_detail(rer_handle result, int32_t item, int32_t detail, int32_t index, const char **text, size_t *length,
                   char *error, size_t error_capacity);

/* Lists the contents of a repository, without a solve. `json` is {} for a list of all families, {"family": f} for a list
 * of its versions, and {"family": f, "version": v} for
 *
 *   {"definition": {...}}                          or, if it cannot be read,
 *   {"error": text, "needs_python": bool}          where "needs_python" says whether running Python would be enough
 *
 * A family that cannot be listed is an error of the call. Free `look` with rer_free, which also frees the text. */
int32_t rer_look(rer_handle repository, const char *json, size_t json_length, rer_handle *look, const char **text,
                 size_t *length, char *error, size_t error_capacity);

/* ---- Insights -----------------------------------------------------------------------------------------------------
 *
 * Questions that take many solves. `json` is one of
 *
 *   {"kind": "audit", "variants": bool}
 *   {"kind": "explain", "request": [text, ...]}
 *   {"kind": "impact", "requests": [[text, ...], ...],    and at least one part of the change:
 *    "remove": [package, ...], "add": {family: {version: definition}}, "before": time, "after": time,
 *    "after_packages": handle of a repository,
 *    "explain": n}                                        the number of failures to explain
 *   {"kind": "bisect", "request": [text, ...], "good": time, "bad": time, "resolves_to": package}
 *   {"kind": "dependents", "package": text, "latest": bool, "depth": n, "building": bool}
 *
 * All but the last may have "options", as for rer_solve. Members that are not needed may be left out. The answer is the
 * JSON that the command `rer` prints with --format json. It belongs to `result`, which is freed with rer_free. Of the
 * callbacks, only the pulse is called. */
int32_t rer_insight(rer_handle repository, const char *json, size_t json_length, const rer_callbacks *callbacks,
                    rer_handle cancellation, rer_handle *result, const char **text, size_t *length, char *error,
                    size_t error_capacity);

/* ---- Definitions --------------------------------------------------------------------------------------------------
 *
 * Reads static package.py files. In these, name, version, requires and variants are literals, and nothing else in the
 * file can change them. All other files are left to rez.
 *
 *   {"texts": [text, ...],    the texts of files
 *    "paths": [path, ...],    files
 *    "threads": n}            the number of files read concurrently; by default one per core
 *
 * The answer is a JSON list, texts first, of [name, version, requires, variants], or null for a file that is not static,
 * cannot be read or is not UTF-8. It belongs to `result`, which is freed with rer_free. */
int32_t rer_read_static(const char *json, size_t json_length, rer_handle *result, const char **text, size_t *length,
                        char *error, size_t error_capacity);

/* A cancellation ends the solves that it is passed to, at once or, if they have not started, when they start. */
int32_t rer_cancellation_create(rer_handle *cancellation, char *error, size_t error_capacity);
int32_t rer_cancel(rer_handle cancellation, char *error, size_t error_capacity);

#ifdef __cplusplus
}
#endif

#endif
