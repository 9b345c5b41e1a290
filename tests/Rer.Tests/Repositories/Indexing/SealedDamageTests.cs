using System.Buffers.Binary;
using Rer.Repositories;
using Rer.Repositories.Indexing;

namespace Rer.Tests.Repositories.Indexing;

/// <summary>
/// Indexes whose contents are damaged although all checksums are right, as a faulty program or an attacker might write
/// them. Answers may be wrong then, but nothing hangs or throws. An error names the index and the way out: an update
/// rebuilds it. Set RER_SEALED_DAMAGE to try more than a sample.
/// </summary>
public sealed class SealedDamageTests : IDisposable
{
    private const int Longest = 10;

    private static readonly int s_indexes = int.TryParse(
        Environment.GetEnvironmentVariable("RER_SEALED_DAMAGE"),
        out int asked
    )
        ? asked
        : 300;

    private readonly PackageTree _tree = new();

    public SealedDamageTests()
    {
        for (int version = 0; version < 12; version++)
        {
            _tree.Write($"packages/app/{version}/package.py", $"requires = ['lib-{version}+']\nbuild_requires = ['b']");
            _tree.Write($"packages/lib/{version}/package.py", "variants = [['python-3'], ['!gpu', 'python-2+']]");
        }
        _tree.Write("packages/python/3/package.py", "timestamp = 5").Write("packages/b/1/package.py");
    }

    private string Packages => _tree.PathOf("packages");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Damage_that_no_checksum_shows_is_an_error_at_worst()
    {
        PublishedIndex.Update(Packages);
        string file = _tree.PathOf("packages/.rer/index");
        byte[] whole = File.ReadAllBytes(file);
        Random random = new(1);
        HashSet<string> errors = [];
        HashSet<string?> complaints = [];
        for (int i = 0; i < s_indexes; i++)
        {
            File.WriteAllBytes(file, Damaged(whole, random));
            foreach (IndexLevel level in (IndexLevel[])[IndexLevel.Published, IndexLevel.Strict])
            {
                using PackageIndex index = new(
                    new PackageIndexOptions { Level = level, ChecksBehind = level == IndexLevel.Strict && i % 2 == 0 }
                );
                ResolveResult result = new FastResolver().Resolve(
                    ["app", "!python-1"],
                    new FilesystemRepository([Packages], index: index)
                );
                index.Confirm();
                if (result is ErrorResult { Kind: ResolveErrorKind.PackageData } error)
                {
                    errors.Add(error.Message);
                }
            }
            complaints.Add(PublishedIndex.GetStatus(Packages).Complaint);
            complaints.Add(PublishedIndex.Verify(Packages).Complaint);
            if (i % 10 == 0)
            {
                PublishedIndex.Update(Packages);
                PublishedIndex.GetStatus(Packages).Complaint.ShouldBeNull($"index {i}");
            }
        }
        const string Damage = "it is damaged, although its checksums are right; 'rer index update' rebuilds it";
        errors.ShouldContain($"{file}: the index cannot be used: {Damage}");
        complaints.ShouldContain(Damage);
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        byte[] data = [.. whole];
        int families = IndexHeader.Read(data)!.Value.Families;
        int end = IndexHeader.Size + (families * IndexHeader.DirectorySize);
        // The last place is that of the names.
        int chosen = random.Next(families + 1);
        Span<byte> place = data.AsSpan(IndexHeader.Size + (chosen * IndexHeader.DirectorySize));
        (int at, int length) =
            chosen == families
                ? (
                    (int)BinaryPrimitives.ReadInt64LittleEndian(place),
                    BinaryPrimitives.ReadInt32LittleEndian(place[8..])
                )
                : (
                    BinaryPrimitives.ReadInt32LittleEndian(place[8..]),
                    BinaryPrimitives.ReadInt32LittleEndian(place[12..])
                );
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            data[at + random.Next(length)] = (byte)random.Next(256);
        }
        if (random.Next(3) == 0)
        {
            // A number that does not end. In the state of a file, only a check behind a solve reads it.
            data.AsSpan(at + random.Next(length - Longest), Longest).Fill(0xFF);
        }
        if (random.Next(8) == 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(place[8..], random.Next(2) == 0 ? -1 : int.MaxValue);
        }
        Span<byte> checksum = chosen == families ? place[12..] : place[4..];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, IndexHeader.Checksum(data.AsSpan(at, length)));
        Span<byte> sealedPart = data.AsSpan(16, end);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(12), IndexHeader.Checksum(sealedPart));
        IndexHeader.IsSealed(data.AsSpan(0, end + 16)).ShouldBeTrue();
        return data;
    }
}
