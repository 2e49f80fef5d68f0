using System.Security.Cryptography;
using ClinicBlazor.Domain.Protection;
using Microsoft.Win32.SafeHandles;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// A file of the vault as it was before it was sealed: opened piece by piece while it is read, at any place. Throws
/// <see cref="SealBrokenException"/> at what is not as it was sealed; not a byte of such a piece is given out.
/// </summary>
internal sealed class SealedFileStream : Stream
{
    private const int None = -1;

    private readonly VaultFile file;
    private readonly SafeFileHandle handle;
    private readonly SealedFileForm form;
    private readonly int pieces;
    private readonly long length;
    private readonly byte[] piece = new byte[SealedFileForm.SealedPieceSize];
    private readonly byte[] plain = new byte[SealedFileForm.PieceSize];
    private int held = None;
    private int filled;
    private long position;

    private SealedFileStream(VaultFile file, SafeFileHandle handle, SealedFileForm form, (int Pieces, long Length) measure) =>
        (this.file, this.handle, this.form, (pieces, length)) = (file, handle, form, measure);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Opens a file; what is not there, is of another document or has lost its end is broken at once.</summary>
    public static async Task<SealedFileStream> OpenAsync(VaultFile file, byte[] key, string path, CancellationToken ct)
    {
        try
        {
            var opened = File.OpenHandle(path, options: FileOptions.Asynchronous, share: FileShare.ReadWrite | FileShare.Delete);
            var stream = await BeginAsync(file, key, opened, ct);
            try
            {
                // The last piece says that it is, and so how long the whole is.
                await stream.LoadAsync(stream.pieces - 1, ct);
                return stream;
            }
            catch
            {
                await stream.DisposeAsync();
                throw;
            }
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException
            or (CryptographicException and not SealBrokenException))
        {
            throw Broken(file, fault);
        }
    }

    /// <summary>Opens every piece once, so that nobody is given the beginning of what is broken farther on.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        for (var number = 0; number < pieces; number++)
        {
            await LoadAsync(number, ct);
        }

        position = 0;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (NumberAt(position) is { } number && number != held)
        {
            Opened(number, RandomAccess.Read(handle, Place(number), OffsetOf(number)));
        }

        return Take(buffer);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (NumberAt(position) is { } number)
        {
            await LoadAsync(number, cancellationToken);
        }

        return Take(buffer.Span);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        SeekOrigin.End => length + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            form.Dispose();
            handle.Dispose();
            Array.Clear(plain);
            (held, filled) = (None, 0);
        }

        base.Dispose(disposing);
    }

    private static async Task<SealedFileStream> BeginAsync(VaultFile file, byte[] key, SafeFileHandle opened, CancellationToken ct)
    {
        try
        {
            var head = new byte[SealedFileForm.HeadSize];
            var measure = SealedFileForm.Measure(RandomAccess.GetLength(opened));
            await RandomAccess.ReadAsync(opened, head, 0, ct);
            SealedFileForm.Check(file, head);
            return new SealedFileStream(file, opened, new SealedFileForm(file, head, key), measure);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private static SealBrokenException Broken(VaultFile file, Exception cause) =>
        new(FieldPlace.Of<Document>(file.Id, Document.OwnerOf(file.PatientId), nameof(Document.Key)), cause);

    private static long OffsetOf(int number) => SealedFileForm.HeadSize + ((long)number * SealedFileForm.SealedPieceSize);

    private int? NumberAt(long place) => place < length ? (int)(place / SealedFileForm.PieceSize) : null;

    // Where a piece is read into: just as many bytes as it had when the file was opened.
    private Memory<byte> PlaceOf(int number) => piece.AsMemory(0, number == pieces - 1
        ? (int)(length - ((long)number * SealedFileForm.PieceSize)) + SealedFileForm.SealedPieceSize - SealedFileForm.PieceSize
        : SealedFileForm.SealedPieceSize);

    private Span<byte> Place(int number) => PlaceOf(number).Span;

    private async Task LoadAsync(int number, CancellationToken ct)
    {
        if (number != held)
        {
            Opened(number, await RandomAccess.ReadAsync(handle, PlaceOf(number), OffsetOf(number), ct));
        }
    }

    private void Opened(int number, int read)
    {
        try
        {
            held = None;
            filled = form.Open(number, number == pieces - 1, piece.AsSpan(0, read), plain);
            held = number;
        }
        catch (CryptographicException fault)
        {
            throw Broken(file, fault);
        }
    }

    private int Take(Span<byte> buffer)
    {
        if (position >= length)
        {
            return 0;
        }

        var from = (int)(position % SealedFileForm.PieceSize);
        var count = Math.Min(buffer.Length, filled - from);
        plain.AsSpan(from, count).CopyTo(buffer);
        position += count;
        return count;
    }
}
