using System.Security.Cryptography;
using System.Text;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Documents;

/// <summary>A file of the vault reads back as it was written, and not at all once anything of it is another.</summary>
[Trait("Requirement", "S4-06")]
public sealed class SealedFileTests : IDisposable
{
    private const int Piece = 64 * 1024;
    private const int Sealed = Piece + 16;
    private const int Head = 24;

    private static readonly VaultFile File = new(Guid.CreateVersion7(), Guid.CreateVersion7());

    private readonly TestFolder folder = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly DocumentVault vault;

    public SealedFileTests() => vault = new DocumentVault(Options.Create(new ClinicSettings { DataDirectory = folder.Path }));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Piece - 1)]
    [InlineData(Piece)]
    [InlineData(Piece + 1)]
    [InlineData(16 * 1024 * 1024)]
    public async Task File_OfEachLength_ReadsBackAsItWasWritten(int length)
    {
        var content = TestDocuments.Text(length);
        await WriteAsync(content);

        await using var stream = await vault.OpenAsync(File, key, default);
        await stream.CheckAsync(default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);

        Assert.Equal(length, stream.Length);
        Assert.True(content.AsSpan().SequenceEqual(copy.ToArray()));
        var pieces = Math.Max(1, (length + Piece - 1) / Piece);
        Assert.Equal(Head + length + (pieces * 16), new FileInfo(vault.PathOf(File)).Length);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(Piece - 3, 6)]
    [InlineData(Piece, Piece)]
    [InlineData((2 * Piece) + 50, 50)]
    public async Task Read_AtAnyPlace_GivesWhatStandsThere(int place, int count)
    {
        var content = TestDocuments.Text((2 * Piece) + 100);
        await WriteAsync(content);
        await using var stream = await vault.OpenAsync(File, key, default);
        var (one, other) = (new byte[count], new byte[count]);

        stream.Position = place;
        await stream.ReadExactlyAsync(one);
        stream.Seek(place - stream.Length, SeekOrigin.End);
        stream.ReadExactly(other);

        Assert.Equal(content[place..(place + count)], one);
        Assert.Equal(one, other);
        Assert.Equal(place + count, stream.Position);
    }

    [Fact]
    public async Task Read_BehindTheEnd_GivesNothing()
    {
        await WriteAsync(TestDocuments.Text(10));
        await using var stream = await vault.OpenAsync(File, key, default);

        stream.Position = 10;

        Assert.Equal(0, stream.Read(new byte[4]));
        Assert.Equal(0, await stream.ReadAsync(new byte[4]));
    }

    /// <summary>Places in a file of three pieces: all of the head, and of each piece its beginning, its middle and its tag.</summary>
    public static TheoryData<int> Places =>
    [
        .. Enumerable.Range(0, Head), Head, Head + (Piece / 2), Head + Piece, Head + Sealed - 1, Head + Sealed, Head + Sealed + Piece,
        Head + (2 * Sealed), Head + (2 * Sealed) + 50, Head + (2 * Sealed) + 115,
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task File_WithOneBitChanged_DoesNotOpen(int place)
    {
        await ChangeAsync(bytes =>
        {
            bytes[place] ^= 1;
            return bytes;
        });
        await AssertBrokenAsync(File);
    }

    public static TheoryData<string> Changes =>
    [
        "swapped", "doubled", "cut at a piece", "cut in a piece", "cut in a tag", "cut in the head", "emptied", "longer by a byte",
        "longer by a piece", "the first left out",
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task File_WithPiecesMovedOrGone_DoesNotOpen(string change)
    {
        await ChangeAsync(bytes => change switch
        {
            "swapped" => [.. bytes[..Head], .. bytes[(Head + Sealed)..(Head + (2 * Sealed))], .. bytes[Head..(Head + Sealed)],
                .. bytes[(Head + (2 * Sealed))..]],
            "doubled" => [.. bytes[..(Head + Sealed)], .. bytes[Head..(Head + Sealed)], .. bytes[(Head + (2 * Sealed))..]],
            "cut at a piece" => bytes[..(Head + (2 * Sealed))],
            "cut in a piece" => bytes[..(Head + (2 * Sealed) - 100)],
            "cut in a tag" => bytes[..(Head + (2 * Sealed) + 10)],
            "cut in the head" => bytes[..(Head - 1)],
            "emptied" => [],
            "longer by a byte" => [.. bytes, 0],
            "longer by a piece" => [.. bytes, .. bytes[Head..(Head + Sealed)]],
            _ => [.. bytes[..Head], .. bytes[(Head + Sealed)..]],
        });
        await AssertBrokenAsync(File);
    }

    [Fact]
    public async Task File_OfAnotherDocumentPatientOrKind_DoesNotOpen()
    {
        await WriteAsync(TestDocuments.Text(100));
        var other = Guid.CreateVersion7();

        await AssertBrokenAsync(await CopyToAsync(File with { Id = other }));
        await AssertBrokenAsync(File with { PatientId = other });
        await AssertBrokenAsync(await CopyToAsync(File with { IsThumbnail = true }));
        await Assert.ThrowsAsync<SealBrokenException>(() => vault.OpenAsync(File, RandomNumberGenerator.GetBytes(32), default));
        await Assert.ThrowsAsync<SealBrokenException>(() => vault.OpenAsync(new VaultFile(other, other), key, default));

        async Task<VaultFile> CopyToAsync(VaultFile target)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(vault.PathOf(target))!);
            await System.IO.File.WriteAllBytesAsync(vault.PathOf(target), await System.IO.File.ReadAllBytesAsync(vault.PathOf(File)));
            return target;
        }
    }

    [Fact]
    public async Task File_ChangedAfterItWasOpened_StopsAtWhatWasChanged()
    {
        var content = TestDocuments.Text((2 * Piece) + 100);
        await WriteAsync(content);
        await using var stream = await vault.OpenAsync(File, key, default);
        await stream.CheckAsync(default);
        var first = new byte[Piece];
        await stream.ReadExactlyAsync(first);

        await using (var file = new FileStream(vault.PathOf(File), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = Head + Sealed + 7;
            file.WriteByte(0xAA);
            file.WriteByte(0xAA);
        }

        Assert.Equal(content[..Piece], first);
        var fault = await Assert.ThrowsAsync<SealBrokenException>(() => stream.ReadExactlyAsync(new byte[1]).AsTask());
        Assert.Equal((nameof(Document), File.Id), (fault.Place.Table, fault.Place.RowId));
    }

    [Fact]
    public async Task SameContent_WrittenTwiceUnderOneKey_HasNoPieceInCommon()
    {
        var content = TestDocuments.Text(1000);
        await WriteAsync(content);
        var first = await System.IO.File.ReadAllBytesAsync(vault.PathOf(File));
        vault.Delete(File.Id);
        await WriteAsync(content);

        Assert.NotEqual(first[Head..], (await System.IO.File.ReadAllBytesAsync(vault.PathOf(File)))[Head..]);
    }

    [Fact]
    public async Task Disk_WhileAndAfterAFileIsWritten_HoldsNoPlainText()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(TestDocuments.Words, 6000)));
        await using var writer = await vault.BeginAsync(File, key, default);
        await writer.WriteAsync(content, default);
        AssertSealed(vault.PartPathOf(File));

        await writer.CompleteAsync(default);
        await writer.KeepAsAsync(vault.PathOf(File));

        AssertSealed(vault.PathOf(File));
        Assert.False(System.IO.File.Exists(vault.PartPathOf(File)));

        static void AssertSealed(string path)
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            Assert.True(bytes.Length > Sealed);
            Assert.True(bytes.AsSpan().IndexOf("heliotrope"u8) < 0);
        }
    }

    [Fact]
    public async Task Files_OfTheVault_AreTheProgramsAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await WriteAsync([1]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(vault.PathOf(File)));
        foreach (var path in (string[])[vault.Folder, Path.GetDirectoryName(vault.PathOf(File))!])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task Writer_ThatIsDisposedOfBeforeItsFileIsKept_LeavesNothing()
    {
        await using (var writer = await vault.BeginAsync(File, key, default))
        {
            await writer.WriteAsync(TestDocuments.Text(Piece * 2), default);
            await writer.CompleteAsync(default);
        }

        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    private async Task WriteAsync(byte[] content)
    {
        await using var writer = await vault.BeginAsync(File, key, default);

        // In parts that fit no piece.
        foreach (var part in content.Chunk(50_000))
        {
            await writer.WriteAsync(part, default);
        }

        await writer.CompleteAsync(default);
        await writer.KeepAsAsync(vault.PathOf(File));
    }

    private async Task ChangeAsync(Func<byte[], byte[]> change)
    {
        await WriteAsync(TestDocuments.Text((2 * Piece) + 100));
        var path = vault.PathOf(File);
        await System.IO.File.WriteAllBytesAsync(path, change(await System.IO.File.ReadAllBytesAsync(path)));
    }

    private async Task AssertBrokenAsync(VaultFile file)
    {
        var fault = await Assert.ThrowsAsync<SealBrokenException>(async () =>
        {
            await using var stream = await vault.OpenAsync(file, key, default);
            await stream.CheckAsync(default);
        });
        Assert.Equal((nameof(Document), nameof(Document.Key), file.Id), (fault.Place.Table, fault.Place.Column, fault.Place.RowId));
    }
}
