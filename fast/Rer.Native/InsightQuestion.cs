using System.Text;
using Rer.Books;
using Rer.Insights;

namespace Rer.Native;

/// <summary>Reads the questions for <c>rer_insight</c>.</summary>
internal static class InsightQuestion
{
    private static readonly FastResolver s_engine = new();

    /// <summary>Reads a question, and returns the work that answers it. The work may take a long time.</summary>
    /// <param name="place">The question.</param>
    /// <param name="packages">The packages.</param>
    /// <exception cref="PackageDataException">The question is not as described in <c>rer.h</c>.</exception>
    public static Func<CancellationToken, byte[]> Read(JsonPlace place, CompiledRepository packages)
    {
        JsonPlace kind = place.Member("kind");
        return kind.Text() switch
        {
            "audit" => Audit(place, SourceOf(packages)),
            "bisect" => Bisect(place, SourceOf(packages)),
            "dependents" => FindDependents(place, SourceOf(packages)),
            "explain" => Explain(place, packages),
            "impact" => FindImpact(place, packages),
            _ => throw kind.Error("expected audit, bisect, dependents, explain or impact"),
        };
    }

    /// <summary>The only source if there is just one: a source on disk knows more about its packages.</summary>
    private static IPackageRepository SourceOf(CompiledRepository packages) =>
        (packages.Source as LayeredRepository)?.Simplest ?? packages.Source;

    private static Func<CancellationToken, byte[]> Audit(JsonPlace place, IPackageRepository packages)
    {
        place.Allow("kind", "options", "variants");
        var options = new AuditOptions
        {
            Resolve = Options(place),
            Variants = place.OptionalMember("variants")?.Boolean() ?? false,
        };
        return token =>
            Written(output =>
                AuditJson.Write(Auditor.Audit(s_engine, packages, options, cancellationToken: token), output)
            );
    }

    private static Func<CancellationToken, byte[]> Bisect(JsonPlace place, IPackageRepository packages)
    {
        place.Allow("kind", "options", "request", "good", "bad", "resolves_to");
        string[] request = place.Member("request").Texts();
        var options = new BisectOptions(place.Member("good").Int64())
        {
            Bad = place.OptionalMember("bad")?.Int64() ?? 0,
            ResolvesTo = place.OptionalMember("resolves_to")?.Text(),
            Resolve = Options(place),
        };
        return token =>
            Written(output =>
                BisectJson.Write(Bisector.Find(s_engine, packages, request, options, cancellationToken: token), output)
            );
    }

    private static Func<CancellationToken, byte[]> FindDependents(JsonPlace place, IPackageRepository packages)
    {
        place.Allow("kind", "package", "latest", "depth", "building");
        string package = place.Member("package").Text();
        JsonPlace? depth = place.OptionalMember("depth");
        var options = new DependentsOptions
        {
            LatestOnly = place.OptionalMember("latest")?.Boolean() ?? false,
            MaxDistance = depth?.Int32() ?? int.MaxValue,
            Building = place.OptionalMember("building")?.Boolean() ?? false,
        };
        if (options.MaxDistance < 1)
        {
            throw depth!.Value.Error("expected 1 or more");
        }

        return token =>
            Written(output =>
                DependentsJson.Write(
                    DependentsFinder.Find(packages, package, options, cancellationToken: token),
                    output
                )
            );
    }

    private static Func<CancellationToken, byte[]> Explain(JsonPlace place, CompiledRepository packages)
    {
        place.Allow("kind", "options", "request");
        string[] request = place.Member("request").Texts();
        ResolveOptions options = Options(place);
        return token =>
        {
            ResolveResult result = s_engine.Resolve(request, packages, options, token);
            token.ThrowIfCancellationRequested();
            var question = new Rer.Insights.Question(s_engine, packages, options, token);
            Explanation? explanation = Explainer.CanExplain(result) ? Explainer.Explain(request, question) : null;
            return Written(output => ExplanationJson.Write(result, explanation, output));
        };
    }

    private static Func<CancellationToken, byte[]> FindImpact(JsonPlace place, CompiledRepository packages)
    {
        place.Allow("kind", "options", "requests", "remove", "add", "before", "after", "after_packages", "explain");
        ImpactRequest[] requests =
        [
            .. place
                .Member("requests")
                .Items("request")
                .Select(
                    (request, i) => new ImpactRequest(FormattableString.Invariant($"request {i}"), request.Texts())
                ),
        ];
        ResolveOptions options = Options(place);
        ResolveOptions At(string name) =>
            place.OptionalMember(name) is { } time ? options with { Timestamp = time.Int64() } : options;

        IPackageRepository later = place.OptionalMember("after_packages") is { } handle
            ? HandleTable.Get<CompiledRepository>((ulong)handle.Int64())
            : packages;
        if (place.OptionalMember("remove")?.Texts() is { Length: > 0 } removed)
        {
            later = new WithoutPackages(((CompiledRepository)later).Source, removed);
        }

        if (place.OptionalMember("add") is { } added)
        {
            later = new WithPackages(later, PackagesJson.Read(added));
        }

        var before = new World(packages, At("before"), []);
        var after = new World(later, At("after"), []);
        int explained = Math.Max(0, place.OptionalMember("explain")?.Int32() ?? ImpactFinder.DefaultExplained);
        return token =>
            Written(output =>
                ImpactJson.Write(
                    ImpactFinder.Find(requests, before, after, explained, cancellationToken: token),
                    output
                )
            );
    }

    private static ResolveOptions Options(JsonPlace place) =>
        place.OptionalMember("options") is { } options ? OptionsJson.Read(options) : ResolveOptions.Default;

    private static byte[] Written(Action<TextWriter> write)
    {
        using StringWriter text = new();
        write(text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
