using Rer.Compiling;

namespace Rer.Replaying;

/// <summary>
/// An exception that rez raises out of a solve. It becomes an <see cref="ErrorResult"/>, and never leaves the engine.
/// </summary>
internal sealed class ReplayErrorException(ResolveErrorKind kind, string message) : Exception(message)
{
    internal ResolveErrorKind Kind { get; } = kind;

    internal static ReplayErrorException FamilyNotFound(FamilySlot slot, string searched) =>
        new(ResolveErrorKind.PackageFamilyNotFound, $"package family not found: {slot.Name} (searched: {searched})");
}
