using Rer.Books;

namespace Rer.Tests.Engines;

/// <summary>An engine under test.</summary>
/// <param name="Resolver">The engine.</param>
/// <param name="Algebra">Its versions, ranges and requirements.</param>
/// <param name="WritesLog">Whether it writes rez's log, so that the traces of the books apply to it.</param>
internal sealed record Engine(IResolver Resolver, IVersionAlgebra Algebra, bool WritesLog);
