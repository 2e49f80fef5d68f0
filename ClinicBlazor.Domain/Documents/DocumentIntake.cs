using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using ClinicBlazor.Domain.Documents.Content;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Documents;

/// <summary>A file that lies in the vault and has no row yet.</summary>
/// <param name="Id">Id of the document that it will be.</param>
/// <param name="Key">The key of its files.</param>
/// <param name="Format">What it is.</param>
/// <param name="Bytes">How long its content is.</param>
/// <param name="HasThumbnail">True when there is a small picture of it.</param>
/// <param name="Digest">SHA-256 of what was sent.</param>
internal sealed record TakenFile(Guid Id, byte[] Key, DocumentFormat Format, long Bytes, bool HasThumbnail, string Digest);

/// <summary>
/// Takes a file in: counts it while it comes, seals it piece by piece, has its content looked into, and keeps what stands. Whatever
/// goes wrong on the way leaves nothing on the disk.
/// </summary>
public sealed partial class DocumentIntake : IDisposable
{
    /// <summary>Where messages about a file stand.</summary>
    internal const string Field = "File";

    /// <summary>How many files one account may be sending at a time.</summary>
    internal const int AtOnceEach = 4;

    private static readonly Message TooManyAtOnce = new("You are sending several files already. Try again when they have arrived.");
    private static readonly Message NoRoom =
        new("The clinic's server has no room for this file just now. Nothing was kept. Try again later.");
    private static readonly Message TooLarge = new("The file is larger than {0} MB.", DocumentService.MostBytes / (1024 * 1024));

    private readonly ConcurrentDictionary<Guid, int> senders = new();
    private readonly SemaphoreSlim looking;
    private readonly DocumentVault vault;
    private readonly ContentInspector inspector;
    private readonly ILogger<DocumentIntake> log;

    /// <summary>Takes files into the vault.</summary>
    public DocumentIntake(
        DocumentVault vault, ContentInspector inspector, IOptions<ClinicSettings> settings, ILogger<DocumentIntake> log) =>
        (this.vault, this.inspector, this.log, looking) = (vault, inspector, log, new SemaphoreSlim(settings.Value.Documents.AtOnce));

    /// <inheritdoc/>
    public void Dispose() => looking.Dispose();

    /// <summary>
    /// Takes what <paramref name="content"/> gives as the file of a document. What the stream itself throws, because a connection
    /// broke, goes on to the caller.
    /// </summary>
    internal async Task<Result<TakenFile>> TakeAsync(
        VaultFile file, Guid senderId, string fileName, Stream content, CancellationToken ct)
    {
        if (senders.AddOrUpdate(senderId, 1, (_, sending) => sending + 1) > AtOnceEach)
        {
            Leave(senderId);
            return Error.Invalid(Field, TooManyAtOnce);
        }

        try
        {
            return await ReceiveAsync(file, fileName, content, ct);
        }
        catch (VaultUnwritableException fault)
        {
            LogUnwritable(fault);
            return Error.Invalid(Field, NoRoom);
        }
        finally
        {
            Leave(senderId);
        }
    }

    private async Task<Result<TakenFile>> ReceiveAsync(VaultFile file, string fileName, Stream content, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetBytes(SealedFileForm.KeySize);
        await using var sent = await vault.BeginAsync(file, key, ct);
        if (await CopyAsync(content, sent, ct) is not { } digest)
        {
            return Error.Invalid(Field, TooLarge);
        }

        await sent.CompleteAsync(ct);

        // A picture is large while it is looked at: few at a time, however many are sent.
        await looking.WaitAsync(ct);
        try
        {
            await using var plain = await vault.OpenPartAsync(file, key, ct);
            var inspected = await inspector.InspectAsync(fileName, plain, ct);
            return inspected.Error is { } refused ? refused : await KeepAsync(file, key, sent, inspected.Value, digest);
        }
        finally
        {
            looking.Release();
        }
    }

    private async Task<Result<TakenFile>> KeepAsync(
        VaultFile file, byte[] key, SealedFileWriter sent, InspectedContent content, string digest)
    {
        // From here on it is a matter of moments, and whoever goes away now leaves a file that is whole.
        var ct = CancellationToken.None;
        await using var thumbnail = content.Thumbnail is { } small ? await WriteAsync(file with { IsThumbnail = true }, small) : null;
        await using var anew = content.Replacement is { } picture ? await ReplaceAsync(picture) : null;
        var kept = anew ?? sent;
        try
        {
            await (thumbnail?.KeepAsAsync(vault.PathOf(file with { IsThumbnail = true })) ?? Task.CompletedTask);
            await kept.KeepAsAsync(vault.PathOf(file));
        }
        catch (VaultUnwritableException)
        {
            vault.Delete(file.Id);
            throw;
        }

        return new TakenFile(file.Id, key, content.Format, kept.Length, thumbnail is not null, digest);

        async Task<SealedFileWriter> ReplaceAsync(ReadOnlyMemory<byte> bytes)
        {
            await sent.DisposeAsync();
            return await WriteAsync(file, bytes);
        }

        async Task<SealedFileWriter> WriteAsync(VaultFile part, ReadOnlyMemory<byte> bytes)
        {
            var writer = await vault.BeginAsync(part, key, ct);
            try
            {
                await writer.WriteAsync(bytes, ct);
                await writer.CompleteAsync(ct);
                return writer;
            }
            catch
            {
                await writer.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Copies all there is; answers with its SHA-256, or null as soon as it is more than a document may have.</summary>
    private static async Task<string?> CopyAsync(Stream content, SealedFileWriter target, CancellationToken ct)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(SealedFileForm.PieceSize);
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
            {
                if (target.Length + read > DocumentService.MostBytes)
                {
                    return null;
                }

                digest.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), ct);
            }

            return Convert.ToHexString(digest.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private void Leave(Guid senderId)
    {
        if (senders.AddOrUpdate(senderId, 0, (_, sending) => sending - 1) <= 0)
        {
            senders.TryRemove(KeyValuePair.Create(senderId, 0));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The file of a document could not be written, and nothing of it was kept")]
    private partial void LogUnwritable(Exception fault);
}
