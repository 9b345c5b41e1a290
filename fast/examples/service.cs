#:sdk Microsoft.NET.Sdk.Web
#:package Rer@*
#:package Rer.Hosting@*
#:property PublishAot=false
// A service that answers requests over HTTP.
//   REZ_PACKAGES_PATH=/software/packages dotnet run service.cs
//   curl 'localhost:5000/resolve?request=usd&request=maya-2025'
//   curl localhost:5000/resolve-many --json '[["usd"], ["maya", "python-3.11"]]'
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Rer;
using Rer.Hosting;
using Rer.Repositories;

WebApplication app = WebApplication.Create(args);

// Compiled once, for all requests and threads. Later changes on disk are not seen. To pick up a release, compile again
// and replace this object with the new one.
CompiledRepository packages = CompiledRepository.Compile(new FilesystemRepository(PackagePaths.FromEnvironment()));
FastResolver engine = new();

// Logs each request, and counts and times it on the meter `Rer`, which OpenTelemetry exports with AddMeter("Rer").
ObservedResolver resolver = new(engine, app.Services.GetRequiredService<ILogger<ObservedResolver>>());
ResolveOptions options = new() { TimeLimit = TimeSpan.FromSeconds(10) };

// The token is cancelled when the caller disconnects. The solve then stops within milliseconds.
app.MapGet(
    "/resolve",
    (string[] request, CancellationToken gone) =>
        Answer.Of(resolver.Resolve(request, packages, options, cancellationToken: gone))
);

// Many requests at a time, on all cores. The answer is a list that starts with progress reports.
app.MapPost("/resolve-many", (string[][] requests, CancellationToken gone) => ResolveMany(requests, gone));

app.Run();

async IAsyncEnumerable<object> ResolveMany(string[][] requests, [EnumeratorCancellation] CancellationToken gone)
{
    Channel<int> counts = Channel.CreateUnbounded<int>();
    Task<IReadOnlyList<ResolveResult>> work = Task.Run(
        () =>
        {
            try
            {
                Progress progress = new(counts.Writer);
                return engine.ResolveMany(requests, packages, options, progress, cancellationToken: gone);
            }
            finally
            {
                counts.Writer.Complete();
            }
        },
        gone
    );
    await foreach (int done in counts.Reader.ReadAllAsync(gone))
    {
        yield return new { done, of = requests.Length };
    }
    foreach (ResolveResult result in await work)
    {
        yield return Answer.Of(result);
    }
}

/// <summary>Called by the solving threads. The answering thread writes the reported values.</summary>
internal sealed class Progress(ChannelWriter<int> counts) : IProgress<int>
{
    public void Report(int value) => counts.TryWrite(value);
}

/// <summary>The response to a caller.</summary>
internal sealed record Answer(string Status, IEnumerable<string> Packages, string? Reason)
{
    public static Answer Of(ResolveResult result) =>
        result switch
        {
            SolvedResult solved => new("solved", solved.Packages.Select(package => package.ToString()), null),
            FailedResult failed => new("failed", [], failed.Failure.Description),
            ErrorResult error => new("error", [], error.Message),
            StoppedResult stopped => new("stopped", [], stopped.Message),
            _ => throw new InvalidOperationException($"a result of the kind {result.GetType()}"),
        };
}
