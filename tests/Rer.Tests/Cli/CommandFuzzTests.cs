using System.CommandLine;
using System.IO.Compression;
using System.Text;
using Rer.Cli;

namespace Rer.Tests.Cli;

/// <summary>
/// Random arguments to every command, with files of every kind. The exit code is always a documented one, and errors
/// are reported in lines. An unexpected exception shows as <see cref="ExitCode.Broken"/>.
/// </summary>
public sealed class CommandFuzzTests : IDisposable
{
    private const string Book = """
        {"name": "test", "packages": {"a": {"1": {"requires": ["b-2"]}, "2": {"variants": [["b-1"], []]}},
         "b": {"1": {}, "2": {"timestamp": 1000}}}, "cases": [{"request": ["a"], "status": "solved"}]}
        """;

    /// <summary>Options whose values affect something outside this process, or set its duration.</summary>
    private static readonly string[] s_leftOut = ["--rez-python", "--rez-passes", "--passes", "--help", "--version"];

    private static readonly string[] s_texts =
    [
        "a",
        "a-1",
        "a-2",
        "b",
        "!b-1",
        "~b-2",
        ".e-1",
        "a==1|==2",
        "a-[1",
        "a-1..2",
        "",
        " ",
        "-",
        "--",
        "@",
        "*",
        "0",
        "-1",
        "1",
        "1e400",
        "99999999999999999999",
        "nan",
        "-10d",
        "-1e300d",
        "1e300",
        "json",
        "html",
        "table",
        "fast",
        "slow",
        "reference",
        "studio",
        "intersection_priority",
        "glob(*)",
        "regex([)",
        "range(a-1..)",
        "after(b:5)",
        "*.beta",
        "{system.platform}",
        "{system.os",
        "$HOME",
        "~",
        ":",
        "/",
        "/dev/null",
        "rer solve a",
        "rer solve -p 'x",
        "bash",
        "\u001b[2J",
        "\ud800",
        "日本",
        "a\nb",
    ];

    private readonly TemporaryFiles _files = new();
    private readonly string[] _paths;

    public CommandFuzzTests()
    {
        _paths =
        [
            _files.Write("book.json", Book),
            _files.Write("books.json", $"[{Book}, {Book}]"),
            Gzipped("book.json.gz", Book),
            Gzipped("cut.json.gz", Book, cut: 30),
            _files.Write("cut.json", Book[..80]),
            _files.Write("empty.json", ""),
            _files.Write("empty.yaml", ""),
            _files.Write("list.json", "[1, 2]"),
            _files.Write("null.json", "null"),
            _files.Write("deep.json", new string('[', 5000)),
            _files.Write("deep.yaml", new string('[', 5000)),
            _files.Write("self.yaml", "a: &a [*a]"),
            _files.Write("config.yaml", "package_filter: {excludes: ['b-1']}\npackages_path: ['$HOME', '~']"),
            _files.Write(
                "wrong.yaml",
                "package_orderers: [{type: version_split, first_version: 3}]\npackage_filter: [[]]"
            ),
            _files.Write("keys.yaml", "? [a]\n: b\n"),
            _files.Write("tabs.yaml", "\ta: b"),
            _files.Write("two.yaml", "--- a\n--- b\n"),
            _files.Write("null.yaml", "a: b\n...\0"),
            _files.Write("tag.yaml", "packages_path: !<>"),
            _files.Write("config.py", "packages_path = []"),
            _files.Write("vectors.json", """{"versions": [{"version": 3}]}"""),
            _files.Write("latin.yaml", "a: b"),
            _files.PathOf("missing.json"),
            _files.PathOf("."),
            "relative/../x.json",
        ];
        File.WriteAllBytes(_files.PathOf("latin.yaml"), [0xff, 0xfe, 0x00, 0xe9, 0x0a]);
    }

    public void Dispose() => _files.Dispose();

    /// <summary>RER_COMMAND_CASES makes it run longer.</summary>
    [Fact]
    public async Task Any_arguments_give_a_result_or_an_error()
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable("RER_COMMAND_CASES"), out int cases) ? cases : 250;
        int seed = Environment.TickCount;
        Command[] commands = [.. Commands()];
        List<string> faults = [];
        for (int i = 0; i < count; i++)
        {
            string[] arguments = [.. Arguments(new Random(seed + i), commands)];
            string where = $"seed {seed + i}: rer {string.Join(' ', arguments.Select(word => $"«{word}»"))}";
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            using var output = new StringWriter { NewLine = "\n" };
            using var error = new StringWriter { NewLine = "\n" };

            int exitCode = await CommandLine.RunAsync(arguments, new Terminal(output, error), limit.Token);

            if (!IsTold(exitCode, error.ToString()))
            {
                faults.Add($"{where}\n  exit code {exitCode}: {error}");
            }
        }
        faults.Take(20).ShouldBeEmpty();
    }

    private static bool IsTold(int exitCode, string error) =>
        exitCode is 0 or 1 or ExitCode.BadInput or ExitCode.Stopped
        && !error.Contains("   at ")
        && !error.Contains("Exception")
        && (exitCode != ExitCode.BadInput || error.Split('\n').Any(line => line.StartsWith("rer: ")));

    private static IEnumerable<Command> Commands()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null);
        return CommandLine
            .Parse([], terminal)
            .RootCommandResult.Command.Subcommands.Where(command => command.Name != "dataset");
    }

    private IEnumerable<string> Arguments(Random random, Command[] commands)
    {
        Command command = commands[random.Next(commands.Length)];
        if (random.Next(30) > 0)
        {
            yield return command.Name;
        }
        // What is asked of the whole studio is not about arguments, and takes long on a busy machine.
        if (command.Name == "bench")
        {
            yield return "--passes=0";
            yield return $"--workload={_paths[random.Next(3)]}";
        }
        else if (command.Name == "audit" || random.Next(2) == 0)
        {
            yield return "-r";
            yield return _paths[0];
        }
        for (int i = random.Next(6); i > 0; i--)
        {
            if (random.Next(2) == 0 && command.Options.Count > 0)
            {
                Option option = command.Options[random.Next(command.Options.Count)];
                if (s_leftOut.Contains(option.Name))
                {
                    continue;
                }
                string name = option.Aliases.Append(option.Name).ElementAt(random.Next(option.Aliases.Count + 1));
                if (random.Next(4) == 0)
                {
                    yield return $"{name}={Value(random)}";
                    continue;
                }
                yield return name;
                if (option.Arity.MaximumNumberOfValues == 0 || random.Next(8) == 0)
                {
                    continue;
                }
            }
            yield return Value(random);
        }
        if (random.Next(3) > 0)
        {
            yield return s_texts[random.Next(10)];
        }
    }

    private string Value(Random random) =>
        random.Next(3) == 0 ? _paths[random.Next(_paths.Length)] : s_texts[random.Next(s_texts.Length)];

    private string Gzipped(string name, string text, int? cut = null)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        byte[] bytes = buffer.ToArray();
        File.WriteAllBytes(_files.PathOf(name), bytes[..(cut ?? bytes.Length)]);
        return _files.PathOf(name);
    }
}
