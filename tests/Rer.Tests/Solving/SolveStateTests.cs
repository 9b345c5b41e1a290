using System.Text;
using Rer.Asking;
using Rer.Compiling;
using Rer.Solving;
using Rer.Solving.State;

namespace Rer.Tests.Solving;

/// <summary>Going back to a split restores everything that was changed since.</summary>
public class SolveStateTests
{
    [Fact]
    public void Undo_restores_everything()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            SolveState state = StateOf(out int families);
            for (int family = 0; family < families / 2; family++)
            {
                AddPackage(state, new FamilyId(family));
            }

            state.Add(
                new FamilyId(families / 2),
                ScopeKind.Conflict,
                Versions.Requirement.Parse($"!f{families / 2}-3")
            );
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
                }
                else if (random.Next(5) == 0)
                {
                    ScopeId scope = new(random.Next(families / 2));
                    ulong[] slice = state.Slice(scope).ToArray();
                    ulong[] first = [slice[0] & (ulong)random.NextInt64()];
                    splits.Add((Describe(state, except: scope), scope, [slice[0] & ~first[0]]));
                    state.Split(scope, first);
                }
                else
                {
                    Change(state, random, families);
                }
            }
        }
    }

    private static void Change(SolveState state, Random random, int families)
    {
        ScopeId conflict = new(families / 2);
        ScopeId scope = new(random.Next(families / 2));
        ulong word = (ulong)random.NextInt64();
        DependencyId dependency = new(random.Next(state[scope].Family!.DependencyCount));
        switch (random.Next(8))
        {
            case 0:
                state.Narrow(scope, word);
                break;
            case 1:
                state.Narrow(scope, [word], 0);
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
            default:
                if (state[conflict].Kind == ScopeKind.Conflict && random.Next(2) == 0)
                {
                    state.Widen(conflict);
                    Give(state, conflict, new FamilyId(families / 2));
                }
                else if (state.Count < families)
                {
                    AddPackage(state, new FamilyId(state.Count));
                }

                break;
        }
    }

    private static void AddPackage(SolveState state, FamilyId family) =>
        Give(state, state.Add(family, ScopeKind.Package), family);

    private static void Give(SolveState state, ScopeId scope, FamilyId family)
    {
        CompiledFamily compiled = state.Family(family);
        Bits.AddRange(state.Prepare(scope, compiled), 0, compiled.VariantCount);
        state.Enter(scope).ShouldBeTrue();
    }

    /// <summary>Everything visible in a state, except for the slice of one scope, which a split changes.</summary>
    private static string Describe(SolveState state, ScopeId except)
    {
        StringBuilder text = new();
        for (ScopeId scope = default; scope < state.End; scope++)
        {
            ref readonly Scope seen = ref state[scope];
            ref readonly FamilyState family = ref state.StateOf(seen.FamilyId);
            text.Append($"{scope.Number}: {seen.Kind} {seen.FamilyId.Number} {seen.IsSolved} {seen.Requirement} ");
            text.Append($"{family.Scope.Number} ");
            text.Append($"{family.Slice} links {LinksOf(state, family)}");
            if (seen.Kind == ScopeKind.Package)
            {
                text.Append($"{(scope == except ? "" : Words(state.Slice(scope)))}");
                text.Append($" {Words(state.Open(scope))} {Words(state.CutOpen(scope))}");
            }

            text.AppendLine();
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

    /// <summary>Families that each require all others, in two ranges.</summary>
    private static SolveState StateOf(out int families)
    {
        families = 12;
        MemoryPackageRepository packages = new([
            .. from family in Enumerable.Range(0, 12)
            from version in Enumerable.Range(1, 20)
            select (
                $"f{family}",
                $"{version}",
                new PackageDefinition
                {
                    Requires =
                    [
                        .. Enumerable
                            .Range(0, 12)
                            .Where(other => other != family)
                            .Select(other => version % 2 == 0 ? $"f{other}" : $"f{other}-4+"),
                    ],
                }
            ),
        ]);
        CompiledRepository compiled = CompiledRepository.Compile(packages);
        for (int family = 0; family < families; family++)
        {
            compiled.Catalogue.Slots.Get($"f{family}").Id.Number.ShouldBeLessThan(families);
        }

        FamilySource known = new(compiled.Catalogue);
        known.Begin(SolveInput.Of([], compiled.Catalogue, ResolveOptions.Default, begun: 0));
        SolveState state = new(known, EngineSwitches.AllOn);
        state.Clear();
        return state;
    }
}
