using Rer.Books;
using Rer.Repositories;

namespace Rer.Native;

/// <summary>Makes a repository of the JSON that <c>rer_repository_create</c> is given.</summary>
/// <param name="ask">The caller's function; null if it gave none.</param>
/// <param name="context">What it is called with.</param>
internal sealed unsafe class RepositoryReader(
    delegate* unmanaged[Cdecl]<void*, int, ulong, byte*, nuint, byte*, nuint, byte*, nuint, int> ask,
    void* context
)
{
    private IReadOnlyDictionary<string, string> _ranges = new Dictionary<string, string>();

    /// <summary>Reads the description of a repository.</summary>
    /// <exception cref="PackageDataException">It is not what <c>rer.h</c> says.</exception>
    public CompiledRepository Read(JsonPlace place)
    {
        place.Allow("sources", "search_paths", "eager", "request");
        if (place.OptionalMember("request") is { } request)
        {
            _ranges = AskedRepository.RangesOf(request.Texts());
        }

        IPackageRepository[] sources = [.. place.Member("sources").Items("source").Select(ReadSource)];
        LayeredRepository repository = new(sources, place.OptionalMember("search_paths")?.Texts());
        return place.OptionalMember("eager")?.Boolean() == true
            ? CompiledRepository.Compile(repository)
            : new CompiledRepository(repository);
    }

    private IPackageRepository ReadSource(JsonPlace place)
    {
        place.Allow("packages", "paths", "ask", "known");
        AskedRepository? asked = place.OptionalMember("ask") is { } number ? ReadAsked(number) : null;
        if (place.OptionalMember("packages") is { } packages)
        {
            return asked is null && place.OptionalMember("paths") is null
                ? PackagesJson.Read(packages)
                : throw place.Error("'packages' stands alone");
        }

        if (place.OptionalMember("paths") is { } paths)
        {
            FilesystemRepository files = new(paths.Texts());
            AskedRepository? known = place.OptionalMember("known") is { } other ? ReadAsked(other) : null;
            return asked is null ? files : new PathsRepository(files, asked, known);
        }

        return asked ?? throw place.Error("expected one of packages, paths, ask");
    }

    private AskedRepository ReadAsked(JsonPlace number) =>
        ask == null
            ? throw number.Error("there is no function to ask")
            : new AskedRepository(number.Int32(), ask, context, _ranges);
}
