namespace Rer.Repositories;

/// <summary>
/// What <c>@late</c> functions see of the resolve that they are evaluated for: <c>in_context()</c> is true, and
/// <c>request</c>, <c>implicits</c> and <c>building</c> are set. Corresponds to
/// <c>ResolvedContext._get_pre_resolve_bindings</c>.
/// </summary>
/// <param name="Request">The requirements of the request, without implicit packages.</param>
/// <param name="ImplicitPackages">The implicit packages.</param>
/// <param name="Building">Whether the resolve is for a build.</param>
public sealed record LateContext(
    IReadOnlyList<string> Request,
    IReadOnlyList<string> ImplicitPackages,
    bool Building = false
)
{
    /// <summary>
    /// For resolves of many requests in one repository. The result of a <c>@late</c> function depends on the request,
    /// so a package with one is an error.
    /// </summary>
    internal static LateContext OfMany { get; } = new([], []);
}
