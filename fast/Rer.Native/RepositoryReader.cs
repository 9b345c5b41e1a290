using Rer.Books;
using Rer.Repositories;

namespace Rer.Native;

/// <summary>Creates a repository from the JSON given to <c>rer_repository_create</c>.</summary>
/// <param name="ask">The caller's function; null if there is none.</param>
/// <param name="context">The context passed to it.</param>
internal sealed unsafe class RepositoryReader(
    delegate* unmanaged[Cdecl]<void*, int, ulong, byte*, nuint, byte*, nuint, byte*, nuint, int> ask,
    void* context
)
{
    private readonly List<CallbackRepository> _callbacks = [];
    private readonly List<PackageIndex> _indexes = [];
    private RangeNeeds? _needs;

    /// <summary>Reads the description of a repository.</summary>
    /// <exception cref="PackageDataException">It is not as described in <c>rer.h</c>.</exception>
    public CompiledRepository Read(JsonPlace place)
    {
        place.Allow("sources", "search_paths", "eager", "request");
        if (place.OptionalMember("request") is { } request)
        {
            _needs = new RangeNeeds(request.Texts());
        }

        IPackageRepository[] sources = [.. place.Member("sources").Items("source").Select(ReadSource)];
        IPackageRepository repository = new LayeredRepository(
            sources,
            place.OptionalMember("search_paths")?.Texts(),
            _indexes
        );
        if (_needs is not null)
        {
            repository = new NeedsRepository(
                repository,
                _needs,
                family => _callbacks.ForEach(callback => callback.Forget(family))
            );
        }

        return place.OptionalMember("eager")?.Boolean() == true
            ? CompiledRepository.Compile(repository)
            : new CompiledRepository(repository);
    }

    private IPackageRepository ReadSource(JsonPlace place)
    {
        place.Allow("packages", "repository", "paths", "ask", "known", "index", "unknown_names");
        CallbackRepository? callback = place.OptionalMember("ask") is { } number ? ReadCallback(number) : null;
        if (ReadGiven(place) is { } given)
        {
            return callback is null ? given : new FallbackRepository(given, callback);
        }

        if (place.OptionalMember("paths") is { } paths)
        {
            FilesystemRepository files = new(
                paths.Texts(),
                index: place.OptionalMember("index") is { } index ? ReadIndex(index) : null
            );
            CallbackRepository? known = place.OptionalMember("known") is { } other ? ReadCallback(other) : null;
            IReadOnlyCollection<string> unknownNames = place.OptionalMember("unknown_names")?.Texts() ?? [];
            return callback is null ? files : new PathsRepository(files, callback, known, unknownNames);
        }

        return callback ?? throw place.Error("expected one of packages, repository, paths, ask");
    }

    private PackageIndex ReadIndex(JsonPlace place)
    {
        place.Allow("level", "cache", "directory");
        JsonPlace level = place.Member("level");
        PackageIndex index = new(
            new PackageIndexOptions
            {
                Level = level.Text() switch
                {
                    "strict" or "off" => IndexLevel.Strict,
                    "listing" => IndexLevel.Listing,
                    "published" => IndexLevel.Published,
                    _ => throw level.Error("expected strict, listing, published or off"),
                },
                ReadsPublished = level.Text() != "off",
                CacheDirectory = place.OptionalMember("cache")?.Text(),
                PublishedDirectory = place.OptionalMember("directory")?.Text(),
            }
        );
        _indexes.Add(index);
        return index;
    }

    private static IPackageRepository? ReadGiven(JsonPlace place)
    {
        JsonPlace?[] given =
        [
            place.OptionalMember("packages"),
            place.OptionalMember("repository"),
            place.OptionalMember("paths"),
        ];
        if (given.Count(each => each is not null) > 1)
        {
            throw place.Error("expected one of packages, repository, paths");
        }

        return given[0] is { } packages ? PackagesJson.Read(packages)
            : given[1] is { } repository ? HandleTable.Get<CompiledRepository>((ulong)repository.Int64())
            : null;
    }

    private CallbackRepository ReadCallback(JsonPlace number)
    {
        if (ask == null)
        {
            throw number.Error("there is no function to ask");
        }

        CallbackRepository callback = new(number.Int32(), ask, context, _needs);
        _callbacks.Add(callback);
        return callback;
    }
}
