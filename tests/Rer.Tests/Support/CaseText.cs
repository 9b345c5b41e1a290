using System.Text;

namespace Rer.Tests;

/// <summary>A case for people to read: the request, how it ended, and the result.</summary>
internal static class CaseText
{
    public static string Render(Case @case)
    {
        StringBuilder text = new();
        Line("request");
        Items(@case.Request);
        Line($"status: {@case.Status?.ToString().ToLowerInvariant()}");
        if (@case.Resolved is { } resolved)
        {
            Line("resolved");
            Items(resolved.Select(package => package.ToString()));
        }
        if (@case.Ephemerals is { Count: > 0 } ephemerals)
        {
            Line("ephemerals");
            Items(ephemerals);
        }
        if (@case.Failure is { } failure)
        {
            Line($"failure: {failure}");
            Line("description");
            Items(@case.Description!.Split('\n'));
            Line("involved");
            Items(@case.Involved!);
        }
        if (@case.Message is { } message)
        {
            Line($"message: {message}");
        }
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Items(IEnumerable<string> items)
        {
            foreach (string item in items)
            {
                Line("    " + item);
            }
        }
    }
}
