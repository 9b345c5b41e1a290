using System.CommandLine;
using System.Globalization;
using Rer.Books;

namespace Rer.Cli.Input;

/// <summary>The arguments that name many requests: files of requests, and contexts.</summary>
internal sealed class RequestFileOptions
{
    private const string ContextExtension = ".rxt";

    /// <summary>Far longer than any list of requests.</summary>
    private const int MaxMegabytes = 64;

    private readonly Argument<string[]> _contexts = new("CONTEXT")
    {
        Description = "Contexts (.rxt) that rez or 'rer solve --output' saved, or directories with contexts.",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _requests = new("--requests")
    {
        Description =
            "A file of requests. It has one request per line, quoted as in a shell, with comments after '#'. If its name "
            + "ends in .json, it is a list of requests, each a list of requirements.",
        HelpName = "FILE",
    };

    /// <summary>Adds the arguments to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_contexts);
        command.Add(_requests);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_requests) is null && result.GetResult(_contexts) is not { Tokens.Count: > 0 })
            {
                result.AddError("no requests; name a file with --requests, or contexts (.rxt)");
            }
        });
    }

    /// <summary>Reads the requests. A context includes its implicit packages.</summary>
    /// <exception cref="BadInputException">A file has the wrong contents, or there is no request.</exception>
    /// <exception cref="PackageDataException">A file cannot be read.</exception>
    public IReadOnlyList<ImpactRequest> Read(ParseResult parsed)
    {
        string[] places = parsed.GetValue(_contexts) ?? [];
        string[] files = parsed.GetValue(_requests) ?? [];
        ImpactRequest[] requests =
        [
            .. files.SelectMany(ReadRequests),
            .. places.SelectMany(Contexts).Select(ReadContext),
        ];
        return requests.Length > 0
            ? requests
            : throw new BadInputException($"no request found in {string.Join(", ", files.Concat(places))}");
    }

    private static IEnumerable<string> Contexts(string place)
    {
        if (!Directory.Exists(place))
        {
            return [place];
        }
        string[] found =
        [
            .. Directory
                .EnumerateFiles(place, "*" + ContextExtension, SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal),
        ];
        return found.Length > 0 ? found : throw new BadInputException($"{place}: no context (.rxt) found in it");
    }

    private static ImpactRequest ReadContext(string path)
    {
        ResolvedContext context = ContextFiles.Read(path);
        return new ImpactRequest(path, context.PackageRequests, context.ImplicitPackages, path);
    }

    private static IEnumerable<ImpactRequest> ReadRequests(string path) =>
        path.EndsWith(".json", StringComparison.Ordinal)
            ? BenchmarkBook
                .ReadRequests(path)
                .Select((request, i) => new ImpactRequest(NameOf(path, "request", i), request, Path: path))
            : ReadLines(path);

    private static IEnumerable<ImpactRequest> ReadLines(string path)
    {
        string text = InputFile.ReadText(path, MaxMegabytes);
        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words =
            [
                .. ShellWords.Split(lines[i]).Where(word => word.Length > 0).TakeWhile(word => word[0] != '#'),
            ];
            if (words.FirstOrDefault(word => word[0] == '-') is { } option)
            {
                throw new BadInputException($"{NameOf(path, "line", i)}: '{option}' is not a requirement");
            }
            if (words.Length > 0)
            {
                yield return new ImpactRequest(NameOf(path, "line", i), words, Path: path, Line: i + 1);
            }
        }
    }

    private static string NameOf(string path, string noun, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}, {noun} {index + 1}");
}
