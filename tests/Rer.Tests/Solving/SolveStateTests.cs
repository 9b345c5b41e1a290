using System.Text;
using Rer.Asking;
using Rer.Compiling;
using Rer.Solving;
using Rer.Solving.State;
using Rer.Versions;

namespace Rer.Tests.Solving;

/// <summary>
/// Going back to a split restores everything that was changed since. A new solve keeps nothing of the last one.
/// </summary>
public class SolveStateTests
{
    /// <summary>How many families have packages. Half of them are in the solve from the start.</summary>
    private const int Families = 12;

    private static readonly ScopeId s_conflict = new(Families / 2);
    private static readonly ScopeId s_ephemeral = new(Families / 2 + 1);

    /// <summary>
    /// Undo puts back every word, kind, requirement, link and mark, for families of one and of several words.
    /// </summary>
    [Theory]
    [InlineData(20)]
    [InlineData(150)]
    public void Undo_restores_everything(int versions)
    {
        CompiledRepository packages = RepositoryOf(versions);
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            SolveState state = StateOf(packages);
            Begin(state, packages);
            List<(string Before, ScopeId Scope, ulong[] SecondHalf)> splits = [];
            for (int step = 0; step < 60; step++)
            {
                if (splits.Count > 0 && random.Next(6) == 0)
                {
                    state.TakeSecondHalf();
                    (string before, ScopeId scope, ulong[] half) = splits[^1];
                    splits.RemoveAt(splits.Count - 1);
                    state.Slice(scope).ToArray().ShouldBe(half);
                    Describe(state, except: scope).ShouldBe(before, $"seed {seed}, step {step}");
                    state.Marks.ShouldBe(splits.Count);
                    state.FindUnsolved().ShouldBe(FirstUnsolvedOf(state));
                    // Only the scope that was split has changed.
                    TakePending(state).ShouldBe([scope]);
                }
                else if (random.Next(5) == 0)
                {
                    ScopeId scope = new(random.Next(Families / 2));
                    ulong[] slice = state.Slice(scope).ToArray();
                    ulong[] first = Array.ConvertAll(slice, word => word & (ulong)random.NextInt64());
                    ulong[] second = [.. slice];
                    Bits.AndNot(second, first);
                    splits.Add((Describe(state, except: scope), scope, second));
                    state.Split(scope, first);
                    state.Slice(scope).ToArray().ShouldBe(first);
                }
                else
                {
                    Change(state, random);
                }
            }
        }
    }

    [Fact]
    public void A_cleared_state_is_as_good_as_new()
    {
        CompiledRepository packages = RepositoryOf(20);
        SolveState used = StateOf(packages);
        for (int seed = 0; seed < 50; seed++)
        {
            Random random = new(seed);
            Begin(used, packages);
            for (int step = 0; step < 40; step++)
            {
                if (random.Next(8) == 0)
                {
                    ScopeId scope = new(random.Next(Families / 2));
                    used.Split(scope, new ulong[used[scope].Words]);
                }
                else
                {
                    Change(used, random);
                }
            }

            used.Clear();

            SolveState fresh = StateOf(packages);
            Describe(used).ShouldBe(Describe(fresh));
            (used.Marks, used.Count, used.Sets.Top, used.HasReductions, used.HasExtractions).ShouldBe(
                (0, 0, 0, false, false)
            );
            Begin(used, packages);
            Begin(fresh, packages);
            Describe(used).ShouldBe(Describe(fresh));
            TakePending(used).ShouldBe(TakePending(fresh));
            used.Clear();
        }
    }

    [Fact]
    public void A_scope_is_pending_once_until_it_is_taken()
    {
        CompiledRepository packages = RepositoryOf(20);
        SolveState state = StateOf(packages);
        Begin(state, packages);
        TakePending(state).Count.ShouldBe(Families / 2 + 2);
        state.HasReductions.ShouldBeFalse();
        state.HasExtractions.ShouldBeFalse();

        state.Narrow(new ScopeId(2), 0b111).ShouldBeTrue();
        state.MarkChanged(new ScopeId(1));
        state.MarkChanged(new ScopeId(2));
        state.Narrow(new ScopeId(3), ulong.MaxValue).ShouldBeTrue(); // changes nothing

        state.HasExtractions.ShouldBeTrue();
        state.TakeToExtract(0).ShouldBe(1UL << 2);
        state.HasExtractions.ShouldBeFalse();
        TakePending(state).ShouldBe([new ScopeId(1), new ScopeId(2)]);
        state.Narrow(new ScopeId(4), 0).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_settled_dependency_is_closed_if_that_is_switched_on(bool isOn)
    {
        CompiledRepository packages = RepositoryOf(20);
        SolveState state = StateOf(packages, EngineSwitches.AllOn with { SettledDependencies = isOn });
        Begin(state, packages);
        ScopeId scope = new(1);
        ulong all = state.Open(scope)[0];
        DependencyId allowed = new(2);
        DependencyId settled = new(3);

        state.SettleAllowed(scope, allowed);
        state.Settle(scope, settled.Word, settled.Bit);

        // A requirement that allows everything may still decide where a split cuts.
        state.Open(scope)[0].ShouldBe(isOn ? all & ~allowed.Bit & ~settled.Bit : all);
        state.CutOpen(scope)[0].ShouldBe(isOn ? all & ~settled.Bit : all);
    }

    [Fact]
    public void The_requirement_before_the_last_change_is_known()
    {
        CompiledRepository packages = RepositoryOf(20);
        SolveState state = StateOf(packages);
        Begin(state, packages);
        state.Require(s_ephemeral, Requirement.Parse(".e-2+"));
        state.Widen(s_conflict);
        state.Require(s_ephemeral, Requirement.Parse(".e-3+"));

        $"{state[s_ephemeral].Requirement}".ShouldBe(".e-3+");
        $"{state.RequirementBefore(s_ephemeral)}".ShouldBe(".e-2+");
        $"{state.RequirementBefore(s_conflict)}".ShouldBe($"!f{Families / 2}-3");
        state.Clear();
        state.RequirementBefore(s_ephemeral).ShouldBeNull();
    }

    /// <summary>A solve uses one compilation of a family. The next one uses the latest.</summary>
    [Fact]
    public void More_of_a_family_may_be_loaded_in_the_next_solve()
    {
        CompiledRepository packages = new(PackagesOf(20));
        FamilySource families = SourceOf(packages);
        SolveState state = new(families, EngineSwitches.AllOn);
        FamilySlot slot = packages.Catalogue.Slots.Get("f0");
        VersionSlices slices = new(state, families);

        slices.Enter(state.Add(slot.Id, ScopeKind.Package), [0b1UL]).ShouldBeTrue();
        CompiledFamily reached = state.Family(slot.Id);
        CompiledFamily more = packages.Catalogue.Families.Load(reached, [0b10UL]);

        more.ShouldNotBeSameAs(reached);
        state.Family(slot.Id).ShouldBeSameAs(reached);
        state.Clear();
        state.Family(slot.Id).ShouldBeSameAs(more);
    }

    private static void Change(SolveState state, Random random)
    {
        ScopeId scope = new(random.Next(Families / 2));
        int words = state[scope].Words;
        ulong word = (ulong)random.NextInt64();
        DependencyId dependency = new(random.Next(state[scope].Family!.DependencyCount));
        switch (random.Next(10))
        {
            case 0 when words == 1:
                state.Narrow(scope, word);
                break;
            case 0 or 1:
                int from = random.Next(words);
                ulong[] allowed = new ulong[random.Next(from, words) + 1 - from];
                Array.Fill(allowed, word | (ulong)random.NextInt64());
                state.Narrow(scope, allowed, from);
                break;
            case 2:
                state.MarkChanged(scope);
                break;
            case 3:
                state.Settle(scope, 0, dependency.Bit);
                break;
            case 4:
                state.SettleAllowed(scope, dependency);
                break;
            case 5:
                state.MarkSolved(scope);
                break;
            case 6:
                state.Link(scope, dependency, state[scope].Family![dependency].Family, state[scope].Open);
                break;
            case 7:
                state.Require(s_ephemeral, Requirement.Parse($".e-{random.Next(100)}+"));
                break;
            case 8:
                state.FindUnsolved();
                break;
            default:
                if (state[s_conflict].Kind == ScopeKind.Conflict && random.Next(2) == 0)
                {
                    state.Widen(s_conflict);
                    Give(state, s_conflict);
                }
                else if (state.Count < Families)
                {
                    AddPackage(state, new FamilyId(state.Count));
                }

                break;
        }
    }

    /// <summary>Adds what a request adds: some packages, a conflict and an ephemeral.</summary>
    private static void Begin(SolveState state, CompiledRepository packages)
    {
        for (int family = 0; family < Families / 2; family++)
        {
            AddPackage(state, new FamilyId(family));
        }

        FamilyId conflict = new(Families / 2);
        state.MarkChanged(state.Add(conflict, ScopeKind.Conflict, Requirement.Parse($"!f{Families / 2}-3")));
        FamilyId ephemeral = packages.Catalogue.Slots.Get(".e").Id;
        state.MarkChanged(state.Add(ephemeral, ScopeKind.Ephemeral, Requirement.Parse(".e-1+")));
    }

    private static void AddPackage(SolveState state, FamilyId family) =>
        Give(state, state.Add(family, ScopeKind.Package));

    private static void Give(SolveState state, ScopeId scope)
    {
        CompiledFamily compiled = state.Family(state[scope].FamilyId);
        Bits.AddRange(state.Prepare(scope, compiled), 0, compiled.VariantCount);
        state.Enter(scope).ShouldBeTrue();
    }

    private static ScopeId FirstUnsolvedOf(SolveState state)
    {
        for (ScopeId scope = default; scope < state.End; scope++)
        {
            if (state[scope] is { Kind: ScopeKind.Package, IsSolved: false })
            {
                return scope;
            }
        }

        return ScopeId.None;
    }

    /// <summary>
    /// Takes everything that is pending, and returns the scopes that others have to be reduced against.
    /// </summary>
    private static List<ScopeId> TakePending(SolveState state)
    {
        List<ScopeId> changed = [];
        for (ScopeId scope = state.TakeChanged(); !scope.IsNone; scope = state.TakeChanged())
        {
            changed.Add(scope);
        }

        _ = state.TakeToExtract(0);
        state.ClearAdded();
        return [.. changed.OrderBy(scope => scope.Number)];
    }

    /// <summary>Everything visible in a state, except for the slice of one scope, which a split changes.</summary>
    private static string Describe(SolveState state, ScopeId? except = null)
    {
        StringBuilder text = new();
        text.AppendLine($"{state.Count} scopes, sets up to {state.Sets.Top}, {state.Links.Count} links");
        for (ScopeId scope = default; scope < state.End; scope++)
        {
            ref readonly Scope seen = ref state[scope];
            text.Append($"{scope.Number}: {seen.Kind} {seen.FamilyId.Number} {seen.IsSolved} {seen.Requirement} ");
            text.Append($"{seen.Family?.Slot.Name} {(seen.Joined is null ? "plain" : "joined")}");
            if (seen.Kind == ScopeKind.Package)
            {
                text.Append($"{(scope == except ? "" : Words(state.Slice(scope)))}");
                text.Append($" {Words(state.Open(scope))} {Words(state.CutOpen(scope))}");
            }

            text.AppendLine();
        }

        for (int family = 0; family < Families; family++)
        {
            ref readonly FamilyState known = ref state.StateOf(new FamilyId(family));
            text.AppendLine($"f{family}: {known.Scope.Number} {known.Slice} links {LinksOf(state, known)}");
        }

        return text.ToString();
    }

    private static string LinksOf(SolveState state, in FamilyState family)
    {
        List<string> links = [];
        for (int link = family.LatestLink; link >= 0; link = state.Links[link].Next)
        {
            links.Add(state.Links[link].ToString());
        }

        return string.Join(' ', links);
    }

    private static string Words(ReadOnlySpan<ulong> set) => string.Join(',', set.ToArray());

    private static CompiledRepository RepositoryOf(int versions)
    {
        var compiled = CompiledRepository.Compile(PackagesOf(versions));
        for (int family = 0; family < Families; family++)
        {
            compiled.Catalogue.Slots.Get($"f{family}").Id.Number.ShouldBeLessThan(Families);
        }

        return compiled;
    }

    /// <summary>Families that each require all others, in two ranges.</summary>
    private static MemoryPackageRepository PackagesOf(int versions) =>
        new([
            .. from family in Enumerable.Range(0, Families)
            from version in Enumerable.Range(1, versions)
            select (
                $"f{family}",
                $"{version}",
                new PackageDefinition
                {
                    Requires =
                    [
                        .. Enumerable
                            .Range(0, Families)
                            .Where(other => other != family)
                            .Select(other => version % 2 == 0 ? $"f{other}" : $"f{other}-4+"),
                    ],
                }
            ),
        ]);

    private static SolveState StateOf(CompiledRepository packages, EngineSwitches? switches = null) =>
        new(SourceOf(packages), switches ?? EngineSwitches.AllOn);

    private static FamilySource SourceOf(CompiledRepository packages)
    {
        FamilySource families = new(packages.Catalogue);
        families.Begin(SolveInput.Of([], packages.Catalogue, ResolveOptions.Default, begun: 0));
        return families;
    }
}
