using Rer.Compiling;

namespace Rer.Replaying;

/// <summary>What rez raises out of a solve. Becomes an <see cref="ErrorResult"/>, never leaves the engine.</summary>
internal sealed class ReplayErrorException(ResolveErrorKind kind, string message) : Exception(message)
{
    internal ResolveErrorKind Kind { get; } = kind;

    internal static ReplayErrorException FamilyNotFound(FamilySlot slot, string searched) =>
        new(ResolveErrorKind.PackageFamilyNotFound, $"package family not found: {slot.Name} (searched: {searched})");
}
