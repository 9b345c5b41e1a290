namespace Rer.Repositories;

/// <summary>
/// What <c>@late</c> functions are told of the resolve that they are evaluated for: they see <c>in_context()</c> as
/// true, and <c>request</c>, <c>implicits</c> and <c>building</c>. Answers to
/// <c>ResolvedContext._get_pre_resolve_bindings</c>.
/// </summary>
/// <param name="Request">The requirements asked for, implicit packages left out.</param>
/// <param name="ImplicitPackages">The implicit packages.</param>
/// <param name="Building">Whether the resolve is for a build.</param>
public sealed record LateContext(
    IReadOnlyList<string> Request,
    IReadOnlyList<string> ImplicitPackages,
    bool Building = false
)
{
    /// <summary>For resolves of many requests in one repository: what a <c>@late</c> function computes depends on the
    /// request, so that a package with one is an error.</summary>
    internal static LateContext OfMany { get; } = new([], []);
}
