using System.Diagnostics;
using System.Text.Json;

namespace Rer.Tests.Cli;

/// <summary>A request for a real rez to resolve.</summary>
internal sealed record RezQuestion(IReadOnlyList<string> Request, IReadOnlyList<string> Paths, long Timestamp = 0)
{
    private const string Script = """
        import json, sys
        from rez.resolved_context import ResolvedContext
        from rez.exceptions import RezError
        answers = []
        for question in json.load(sys.stdin):
            try:
                context = ResolvedContext(
                    question["Request"], package_paths=question["Paths"], timestamp=question["Timestamp"] or None,
                    add_implicit_packages=False)
                items = [v.qualified_package_name + ("" if v.index is None else "[%d]" % v.index)
                         for v in context.resolved_packages or []]
                items += map(str, context.resolved_ephemerals or [])
                answers.append({"IsSolved": context.success, "Items": items,
                                "Failure": "" if context.success else context.failure_description})
            except RezError as e:
                answers.append({"IsSolved": False, "Items": [], "Failure": str(e)})
        print(json.dumps(answers))
        """;

    /// <summary>Resolves each request as <c>rez env</c> does, without implicit packages, all in one process.</summary>
    public static IReadOnlyList<RezAnswer> Ask(IReadOnlyList<RezQuestion> questions)
    {
        var start = new ProcessStartInfo(RealRez.Python, ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PYTHONPATH"] = RealRez.Source;
        start.Environment["REZ_CONFIG_FILE"] = "";
        start.Environment["REZ_DISABLE_HOME_CONFIG"] = "1";
        using Process rez = Process.Start(start)!;
        rez.StandardInput.Write(JsonSerializer.Serialize(questions));
        rez.StandardInput.Close();
        string output = rez.StandardOutput.ReadToEnd();
        rez.WaitForExit();
        rez.ExitCode.ShouldBe(0);
        return JsonSerializer.Deserialize<RezAnswer[]>(output)!;
    }
}

/// <summary>A real rez's answer: the packages and ephemerals of the resolve, in order, or why there is none.</summary>
internal sealed record RezAnswer(bool IsSolved, IReadOnlyList<string> Items, string Failure)
{
    /// <summary>The resolve in one line.</summary>
    public string Text => IsSolved ? string.Join(' ', Items) : "no resolve";
}
