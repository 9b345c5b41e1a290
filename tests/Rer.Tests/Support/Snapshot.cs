namespace Rer.Tests;

/// <summary>
/// Compares a text with a file that someone has verified, in <c>Snapshots</c>, named as Verify names its files. What
/// stands behind it (here Shouldly) is known to this file alone.
/// </summary>
internal static class Snapshot
{
    /// <summary>
    /// Set to 1 to write the verified files anew from rez's recorded answers, then look at the difference in git.
    /// Not possible where <c>CI</c> is true: a missing file fails there, and everywhere else.
    /// </summary>
    public const string AcceptVariable = "RER_ACCEPT_SNAPSHOTS";

    private static bool IsAccepting =>
        Environment.GetEnvironmentVariable(AcceptVariable) == "1" && !ContinuousIntegration.IsOn;

    /// <summary>Compares a text with the verified file, which is written only on demand.</summary>
    public static void ShouldMatch(string text, string name, bool isSource = false)
    {
        string path = PathOf(name, "verified");
        if (isSource && IsAccepting)
            File.WriteAllText(path, text);

        text.ShouldMatchApproved(builder =>
            builder
                .NoDiff()
                .WithFilenameGenerator((_, _, type, _) => PathOf(name, type == "approved" ? "verified" : type))
        );
    }

    private static string PathOf(string name, string type) =>
        Path.Combine(DataSet.Root, "tests", "Rer.Tests", "Snapshots", $"{name}.{type}.txt");
}
