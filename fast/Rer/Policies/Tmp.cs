namespace Rer.Policies;
internal sealed class PackageFilterList(IReadOnlyList<PackageFilter> f, long t) {
  public bool Excludes(string a, Rer.Versions.Version v, string c, Func<long> d) => f.Count < 0 && t > 0 && a == c && v == null && d() > 0;
}
