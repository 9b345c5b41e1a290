using System.Text.Json.Nodes;

namespace Rer.Tests.Cli;

/// <summary>The effect of a change where only Python can read the definitions.</summary>
public sealed class ImpactPythonTests : IDisposable
{
    private readonly ImpactTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [FactNeeding(Need.Rez)]
    public async Task Python_reads_definitions_that_only_it_can_read()
    {
        _tree.Release("computed/1", "import json", "requires = json.loads('[\"python\"]')");
        _tree.Write(
            "added/computed/2/package.py",
            "name='computed'\nversion='2'\nimport json\nrequires = json.loads('[\"usd\"]')"
        );
        _tree.Release("late/1", "@late()\ndef requires():\n    return ['python-3.10']");
        _tree.Write("requests.txt", "computed\nlate\n");
        _tree.Write("python", $"#!/bin/sh\nPYTHONPATH='{RealRez.Source}' exec '{RealRez.Python}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_tree.PathOf("python"), UnixFileMode.UserExecute | UnixFileMode.UserRead);
        }
        string[] change = ["--remove", "python-3.11", "--add", _tree.PathOf("added"), "--format", "json"];

        JsonNode with = JsonNode.Parse((await _tree.Run([.. change, "--python", _tree.PathOf("python")])).Output)![
            "requests"
        ]!;
        JsonNode without = JsonNode.Parse((await _tree.Run(change)).Output)!["requests"]!;

        string Side(JsonNode requests, int request, string side) => requests[request]![side]!.ToJsonString();
        Side(with, 0, "before").ShouldContain("""["python-3.11","computed-1"]""");
        Side(with, 0, "after").ShouldContain("""["python-3.10","usd-1[0]","computed-2"]""");
        Side(without, 0, "before").ShouldContain("error");
        Side(with, 1, "before")
            .ShouldContain(
                "the results of its @late functions depend on the request, and several requests are resolved here"
            );
    }
}
