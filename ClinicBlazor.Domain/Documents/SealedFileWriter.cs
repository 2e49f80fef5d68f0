namespace ClinicBlazor.Domain.Documents;

/// <summary>A file could not be written: the disk is full, or the folder is out of reach.</summary>
internal sealed class VaultUnwritableException(Exception cause) : IOException("A document's file could not be written.", cause);

/// <summary>
/// Writes a file of the vault under a name that says that it is not done, and gives it its own name when it is. What was not kept
/// is deleted when this is disposed of. No plain byte reaches the disk. Throws <see cref="VaultUnwritableException"/> where the disk
/// takes no more.
/// </summary>
internal sealed class SealedFileWriter : IAsyncDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly SealedFileForm form;
    private readonly byte[] plain = new byte[SealedFileForm.PieceSize];
    private readonly byte[] piece = new byte[SealedFileForm.SealedPieceSize];
    private int filled;
    private int pieces;
    private bool isKept;
    private bool isDisposed;

    private SealedFileWriter(string path, FileStream file, SealedFileForm form) => (this.path, this.file, this.form) = (path, file, form);

    /// <summary>How many plain bytes were written.</summary>
    public long Length { get; private set; }

    /// <summary>Begins a file in <paramref name="open"/>, which lies at <paramref name="path"/>.</summary>
    public static async Task<SealedFileWriter> BeginAsync(
        VaultFile file, byte[] key, string path, Func<string, FileStream> open, CancellationToken ct)
    {
        var head = SealedFileForm.NewHead(file);
        var writer = new SealedFileWriter(path, Open(path, open), new SealedFileForm(file, head, key));
        try
        {
            await writer.StoreAsync(head, ct);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        Length += bytes.Length;
        while (bytes.Length > 0)
        {
            // Only what comes after a whole piece says that it was not the last.
            if (filled == plain.Length)
            {
                await SealAsync(isLast: false, ct);
            }

            var part = bytes[..Math.Min(bytes.Length, plain.Length - filled)];
            part.CopyTo(plain.AsMemory(filled));
            filled += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Seals the last piece; the file can be read from now on.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        await SealAsync(isLast: true, ct);
        await TryAsync(() => file.FlushAsync(ct));
    }

    /// <summary>Gives the file its own name; it is on the disk, name and all, when this returns.</summary>
    public Task KeepAsAsync(string name) => TryAsync(() =>
    {
        File.Move(path, name);
        isKept = true;

        // After the name: what the journal of the file system holds of it goes to the disk with the file.
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        return Task.CompletedTask;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        form.Dispose();
        Array.Clear(plain);
        try
        {
            await file.DisposeAsync();
        }
        catch (IOException)
        {
            // A full disk takes nothing at the end either; what could not be written goes now.
        }

        if (!isKept)
        {
            File.Delete(path);
        }
    }

    private async Task SealAsync(bool isLast, CancellationToken ct)
    {
        var length = form.Seal(pieces++, isLast, plain.AsSpan(0, filled), piece);
        filled = 0;
        await StoreAsync(piece.AsMemory(0, length), ct);
    }

    private Task StoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => TryAsync(() => file.WriteAsync(bytes, ct).AsTask());

    private static FileStream Open(string path, Func<string, FileStream> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            throw new VaultUnwritableException(fault);
        }
    }

    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            throw new VaultUnwritableException(fault);
        }
    }

    private static bool IsOfTheDisk(Exception fault) => fault is IOException or UnauthorizedAccessException;
}
