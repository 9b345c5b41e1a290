namespace Rer.Tests;

/// <summary>
/// Compares a text with a file in <c>Snapshots</c> that someone has verified. Files are named as by Verify. Only this
/// file knows the library behind it (Shouldly).
/// </summary>
internal static class Snapshot
{
    /// <summary>
    /// Set to 1 to rewrite the verified files from rez's recorded answers, then check the differences in git. Not
    /// possible if <c>CI</c> is true: there, as everywhere else, a missing file fails.
    /// </summary>
    public const string AcceptVariable = "RER_ACCEPT_SNAPSHOTS";

    private static bool IsAccepting =>
        Environment.GetEnvironmentVariable(AcceptVariable) == "1" && !ContinuousIntegration.IsOn;

    /// <summary>Compares a text with the verified file, which is written only on demand.</summary>
    public static void ShouldMatch(string text, string name, bool isSource = false)
    {
        string path = PathOf(name, "verified");
        if (isSource && IsAccepting)
        {
            File.WriteAllText(path, text);
        }

        text.ShouldMatchApproved(builder =>
            builder
                .NoDiff()
                .WithFilenameGenerator((_, _, type, _) => PathOf(name, type == "approved" ? "verified" : type))
        );
    }

    private static string PathOf(string name, string type) =>
        Path.Combine(DataSet.Root, "tests", "Rer.Tests", "Snapshots", $"{name}.{type}.txt");
}
