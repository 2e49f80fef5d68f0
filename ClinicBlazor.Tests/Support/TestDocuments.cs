using System.Text;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Documents.Content;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Tests.Support;

/// <summary>Makes documents, by the service and past it, and looks at what lies on the disk.</summary>
internal static class TestDocuments
{
    /// <summary>What stands in documents of whom it does not matter.</summary>
    public const string Words = "Words about heliotrope.";

    /// <summary>By how much one thing comes after another: ids of one millisecond have no order.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    /// <summary>Plain text of a length.</summary>
    public static byte[] Text(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(i % 64 == 63 ? '\n' : 'a' + (i % 23));
        }

        return bytes;
    }

    /// <summary>Adds a text by the service.</summary>
    public static async Task<Result<DocumentRow>> AddAsync(DomainHost host, Actor actor, NewDocument what, string words = Words)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(words));
        return await host.Get<DocumentService>().AddAsync(actor, what, content, CancellationToken.None);
    }

    /// <summary>Adds a text to a chart by somebody who may, a moment after what was before; answers with its id.</summary>
    public static async Task<Guid> AddAsync(DomainHost host, TestPerson person, Guid patientId, Guid? recordId = null, Guid? visitId = null)
    {
        host.Clock.Advance(Moment);
        var added = await AddAsync(host, await host.People.ActorAsync(person), new NewDocument(patientId, "Letter.txt", recordId, visitId));
        Assert.True(added.IsSuccess, $"{added.Error}");
        return added.Value.Id;
    }

    /// <summary>
    /// A document past every rule, its files in the vault and its row for whoever saves it: the first one in its chart, record and
    /// visit.
    /// </summary>
    public static async Task<Document> MakeAsync(
        DomainHost host, NewDocument what, Guid addedBy, bool byPatient = false, Guid? withId = null, int number = 1)
    {
        var (id, vault, protector) = (withId ?? host.Clock.NewId(), host.Get<DocumentVault>(), host.Get<FieldProtector>());
        var key = new byte[SealedFileForm.KeySize];
        var words = Encoding.UTF8.GetBytes(Words);
        foreach (var file in (VaultFile[])[new(id, what.PatientId), new(id, what.PatientId, IsThumbnail: true)])
        {
            await using var writer = await vault.BeginAsync(file, key, CancellationToken.None);
            await writer.WriteAsync(words, CancellationToken.None);
            await writer.CompleteAsync(CancellationToken.None);
            await writer.KeepAsAsync(vault.PathOf(file));
        }

        var document = new Document
        {
            Id = id,
            PatientId = what.PatientId,
            AddedById = addedBy,
            ByPatient = byPatient,
            Number = number,
            AddedAt = host.Clock.Now(),
            FileName = Seal(what.FileName, nameof(Document.FileName)),
            Key = Seal(Convert.ToBase64String(key), nameof(Document.Key)),
            Format = DocumentFormat.PlainText,
            Bytes = words.Length,
            HasThumbnail = true,
            State = DocumentState.Available,
            VisitId = what.VisitId,
            VisitNumber = what.VisitId is null ? null : number,
        };
        if (what.RecordId is { } recordId)
        {
            document.AttachTo(recordId, number);
        }

        return document;

        SealedText Seal(string text, string column) =>
            protector.Seal(text, FieldPlace.Of<Document>(id, Document.OwnerOf(what.PatientId), column));
    }

    /// <summary>Everything that a document holds; fails the test when it does not open.</summary>
    public static async Task<byte[]> ReadAsync(DomainHost host, Actor actor, Guid documentId)
    {
        var opened = await host.Get<DocumentService>().OpenAsync(actor, documentId, CancellationToken.None);
        Assert.True(opened.IsSuccess, $"{opened.Error}");
        await using var content = opened.Value;
        using var copy = new MemoryStream();
        await content.Plain.CopyToAsync(copy);
        Assert.Equal(content.Bytes, copy.Length);
        return copy.ToArray();
    }

    /// <summary>The names of all files in the vault, in order.</summary>
    public static IReadOnlyList<string> Files(DomainHost host)
    {
        var folder = host.Get<DocumentVault>().Folder;
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)).Order()] : [];
    }

    /// <summary>What a person is told of a file that is not taken.</summary>
    public static string MessageOf<T>(Result<T> result)
    {
        Assert.Equal(ErrorKind.Invalid, result.Error?.Kind);
        var found = Assert.Single(result.Error!.Fields);
        Assert.Equal("File", found.Field);
        return found.Message.ToString();
    }
}

/// <summary>A virus scanner that says what a test wants, in place of the one outside.</summary>
internal sealed class SetScanner : IVirusScanner
{
    /// <inheritdoc/>
    public bool IsOn { get; set; } = true;

    /// <summary>What it says of a content; null for a scanner that does not answer.</summary>
    public Func<byte[], ScanVerdict>? Says { get; set; } = _ => ScanVerdict.Clean;

    /// <summary>How many contents it was given.</summary>
    public int Given { get; private set; }

    /// <inheritdoc/>
    public async Task<ScanVerdict> ScanAsync(Stream plain, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        await plain.CopyToAsync(copy, ct);
        Given++;
        return (Says ?? throw new ScanNotPossibleException("It does not answer."))(copy.ToArray());
    }
}
