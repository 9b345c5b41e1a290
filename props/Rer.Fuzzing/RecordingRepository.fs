namespace Rer.Fuzzing

open System.Collections.Concurrent
open Rer

/// Passes every call to another repository and records it. Safe for concurrent use.
type RecordingRepository(inner: IPackageRepository) =
    let listed = ConcurrentDictionary<string, int>()
    let loaded = ConcurrentDictionary<struct (string * string), int>()

    let count (counts: ConcurrentDictionary<'key, int>) key =
        counts.AddOrUpdate(key, 1, (fun _ old -> old + 1)) |> ignore

    /// Whether a family was listed.
    member _.HasListed family = listed.ContainsKey family

    /// Whether a version's definition was read.
    member _.HasLoaded(family, version) =
        loaded.ContainsKey(struct (family, version))

    /// Everything that was listed or read more than once. No engine should do that in one solve.
    member _.Repeated: string list = [
        for entry in listed do
            if entry.Value > 1 then
                entry.Key
        for entry in loaded do
            if entry.Value > 1 then
                let struct (family, version) = entry.Key
                $"{family}-{version}"
    ]

    interface IPackageRepository with
        member _.SearchPaths = inner.SearchPaths
        member _.GetFamilies() = inner.GetFamilies()

        member _.GetVersions family =
            count listed family
            inner.GetVersions family

        member _.GetDefinition(family, version) =
            count loaded (struct (family, version))
            inner.GetDefinition(family, version)
