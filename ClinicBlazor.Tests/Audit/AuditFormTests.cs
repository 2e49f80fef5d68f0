using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Tests.Audit;

/// <summary>
/// What lies in trails that exist, worked out here once more by hand: a program that signs otherwise would call an older
/// trail tampered with.
/// </summary>
[Trait("Requirement", "B-12")]
public sealed class AuditFormTests
{
    private const int KeyId = 3;

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 37 % 251))];

    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 0, 123, 456, TimeSpan.Zero);

    private static readonly AuditEntry Entry = new()
    {
        Id = Id(1),
        At = At.ToOffset(TimeSpan.FromHours(2)),
        AccountId = Id(2),
        Role = "Doctor, Nurse",
        SessionId = Id(3),
        Act = AuditAct.RecordRead,
        Outcome = AuditOutcome.Denied,
        Level = AuditLevel.Warning,
        PatientId = Id(4),
        RecordId = Id(5),
        VisitId = Id(6),
        DocumentId = Id(10),
        SubjectId = Id(7),
        Address = "192.0.2.10",
        UserAgent = "Browser ✓",
        Details = "Ssn, Phone",
        KeyId = KeyId,
    };

    private static readonly string[] Fields =
    [
        $"{Id(1)}", $"{At.Ticks}", $"{Id(2)}", "Doctor, Nurse", $"{Id(3)}", "RecordRead", "Denied", "Warning", $"{Id(4)}", $"{Id(5)}",
        $"{Id(6)}", $"{Id(7)}", "192.0.2.10", "Browser ✓", "3",
    ];

    private readonly AuditMac mac;

    public AuditFormTests()
    {
        var master = MasterKey.FromBase64(MasterKey.Generate());
        var ring = new KeyRing(TimeProvider.System, new KeySettings(TimeSpan.Zero));
        var wrapped = master.Wrap(Secret, KeyId, KeyPurpose.Audit);
        ring.Load(master, [new WrappedKey(KeyId, KeyPurpose.Audit, DateTimeOffset.UnixEpoch, wrapped)]);
        mac = new AuditMac(ring);
    }

    [Fact]
    public void Canonical_OfAnEntry_IsEachFieldAndEachPatientOfItsList() =>
        Assert.Equal(ByHand(["audit entry 3", .. Fields, $"{Id(10)}", "Ssn, Phone", "2", $"{Id(8)}", $"{Id(9)}"]),
            Entry.Canonical([Id(9), Id(8)]));

    [Fact]
    public void Canonical_OfAnEntryWithoutDetails_LeavesTheirFieldEmpty() =>
        Assert.Equal(ByHand(["audit entry 3", .. Fields, $"{Id(10)}", "", "0"]), (Entry with { Details = null }).Canonical([]));

    [Fact]
    public void Canonical_OfAnEntryWithoutADocument_LeavesItsFieldEmpty() =>
        Assert.Equal(ByHand(["audit entry 3", .. Fields, "", "Ssn, Phone", "0"]), (Entry with { DocumentId = null }).Canonical([]));

    [Fact]
    public void Canonical_OfTheSecondForm_KnowsNoDocument() =>
        Assert.Equal(ByHand(["audit entry 2", .. Fields, "Ssn, Phone", "2", $"{Id(8)}", $"{Id(9)}"]),
            (Entry with { Form = AuditEntry.SecondForm }).Canonical([Id(9), Id(8)]));

    [Fact]
    public void Canonical_OfTheFirstForm_EndsBeforeDetailsAndLists() =>
        Assert.Equal(ByHand(["audit entry 1", .. Fields]), (Entry with { Form = AuditEntry.FirstForm }).Canonical([]));

    [Fact]
    public void Sign_IsAnHmacOverThatUnderTheAuditKey()
    {
        var signed = mac.Sign(Entry with { KeyId = 0 }, [Id(8)]);

        Assert.Equal((KeyId, AuditEntry.PresentForm), (signed.KeyId, signed.Form));
        Assert.Equal(HMACSHA256.HashData(Secret, Entry.Canonical([Id(8)])), signed.Mac);
        Assert.True(mac.IsGenuine(signed, [Id(8)]));
        Assert.False(mac.IsGenuine(signed, []));
        Assert.False(mac.IsGenuine(signed with { KeyId = 4 }, [Id(8)]));
        Assert.False(mac.IsGenuine(signed with { Role = "Doctor" }, [Id(8)]));
    }

    [Fact]
    public void IsGenuine_EntryOfTheFirstForm_HasNeitherDetailsNorAList()
    {
        var first = Signed(Entry with { Form = AuditEntry.FirstForm, Details = null, DocumentId = null });

        Assert.True(mac.IsGenuine(first, []));
        Assert.False(mac.IsGenuine(first, [Id(8)]));
        Assert.False(mac.IsGenuine(first with { Details = "Ssn" }, []));
        Assert.False(mac.IsGenuine(first with { DocumentId = Id(10) }, []));
    }

    [Fact]
    public void IsGenuine_EntryOfTheSecondForm_HasNoDocument()
    {
        var second = Signed(Entry with { Form = AuditEntry.SecondForm, DocumentId = null });

        Assert.True(mac.IsGenuine(second, []));
        Assert.False(mac.IsGenuine(second with { DocumentId = Id(10) }, []));
    }

    [Fact]
    public void Seal_FollowsFromTheOneBeforeAndTheEntry()
    {
        byte[] entryMac = [.. Enumerable.Repeat((byte)7, 32)];

        var first = mac.Seal(null, Id(1), entryMac);
        var second = mac.Seal(first, Id(2), entryMac);

        Assert.Equal((1, Id(1), KeyId), (first.Sequence, first.EntryId, first.KeyId));
        Assert.Equal(HMACSHA256.HashData(Secret, (byte[])[.. new byte[32], 0, 0, 0, 0, 0, 0, 0, 1, .. entryMac]), first.Mac);
        Assert.Equal((2, Id(2), KeyId), (second.Sequence, second.EntryId, second.KeyId));
        Assert.Equal(HMACSHA256.HashData(Secret, (byte[])[.. first.Mac, 0, 0, 0, 0, 0, 0, 0, 2, .. entryMac]), second.Mac);
        Assert.True(mac.Follows(first, null, entryMac));
        Assert.True(mac.Follows(second, first.Mac, entryMac));
        Assert.False(mac.Follows(second, null, entryMac));
        Assert.False(mac.Follows(second, first.Mac, [.. entryMac.Reverse().Skip(1), 8]));
        Assert.False(mac.Follows(
            new AuditSeal { Sequence = 2, EntryId = Id(2), KeyId = 4, Mac = second.Mac }, first.Mac, entryMac));
    }

    [Fact]
    public void AnchorLine_IsReadableAndSigned()
    {
        const string Text = "audit-anchor 1 17 Hour 4711 - 2026-03-02T09:00:00.123456Z";
        var anchor = new AuditAnchor(17, AnchorReason.Hour, 4711, AuditAnchor.Nothing, At);
        var line = $"{Text} {Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(Text)))}";

        Assert.Equal(line, anchor.Line(Secret));
        Assert.Equal(anchor, AuditAnchor.Read(line, Secret, out var complete));
        Assert.True(complete);
    }

    [Fact]
    public void AnchorLine_ForgedOrTorn_IsNone()
    {
        var line = new AuditAnchor(17, AnchorReason.Start, 4711, new string('a', 64), At).Line(Secret);

        Assert.Null(AuditAnchor.Read(line.Replace("4711", "4712", StringComparison.Ordinal), Secret, out var forged));
        Assert.Null(AuditAnchor.Read(line[..^1], Secret, out var torn));

        Assert.Equal((true, false), (forged, torn));
    }

    private static AuditEntry Signed(AuditEntry entry) => entry with { Mac = HMACSHA256.HashData(Secret, entry.Canonical([])) };

    private static Guid Id(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);

    private static byte[] ByHand(IEnumerable<string> fields)
    {
        var bytes = new List<byte>();
        foreach (var field in fields.Select(Encoding.UTF8.GetBytes))
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            bytes.AddRange([.. length, .. field]);
        }

        return [.. bytes];
    }
}
