using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Documents;

/// <summary>
/// Where the contents of documents lie: in the data directory, outside of whatever is served, each under the id of its document
/// and sealed as <see cref="SealedFileForm"/> says. No name that came from outside is ever a part of a path. Only the account that
/// the program runs under can read what lies there.
/// </summary>
public sealed class DocumentVault(IOptions<ClinicSettings> settings)
{
    private const string Thumbnail = ".thumb";
    private const string Part = ".part";
    private const int ShelfLength = 2;

    /// <summary>Opens a new file for writing.</summary>
    internal Func<string, FileStream> Create { get; init; } = CreateOwn;

    /// <summary>The folder.</summary>
    internal string Folder => Path.Combine(settings.Value.DataDirectory, "documents");

    /// <summary>Where a file lies once it is kept.</summary>
    internal string PathOf(VaultFile file) => Path.Combine(ShelfOf(file.Id), $"{file.Id:D}{(file.IsThumbnail ? Thumbnail : "")}");

    /// <summary>Where a file lies while it is written.</summary>
    internal string PartPathOf(VaultFile file) => PathOf(file) + Part;

    /// <summary>Begins a file. Throws <see cref="VaultUnwritableException"/> where that cannot be.</summary>
    internal Task<SealedFileWriter> BeginAsync(VaultFile file, byte[] key, CancellationToken ct) =>
        SealedFileWriter.BeginAsync(file, key, PartPathOf(file), Create, ct);

    /// <summary>Reads what is being written, once it is complete.</summary>
    internal Task<SealedFileStream> OpenPartAsync(VaultFile file, byte[] key, CancellationToken ct) =>
        SealedFileStream.OpenAsync(file, key, PartPathOf(file), ct);

    /// <summary>
    /// Reads a file that was kept. Throws <see cref="Protection.SealBrokenException"/> when it is not there, or not as it was sealed.
    /// </summary>
    internal Task<SealedFileStream> OpenAsync(VaultFile file, byte[] key, CancellationToken ct) =>
        SealedFileStream.OpenAsync(file, key, PathOf(file), ct);

    /// <summary>Deletes what was kept of a document; what is not there needs nothing more.</summary>
    internal void Delete(Guid id)
    {
        if (Directory.Exists(ShelfOf(id)))
        {
            File.Delete(PathOf(new VaultFile(id, default)));
            File.Delete(PathOf(new VaultFile(id, default, IsThumbnail: true)));
        }
    }

    /// <summary>Deletes files that were begun before a moment and never kept; answers with how many.</summary>
    internal int DeleteParts(DateTimeOffset before)
    {
        var parts = Files(before).Where(file => file.Name.EndsWith(Part, StringComparison.Ordinal)).ToList();
        parts.ForEach(file => file.Delete());
        return parts.Count;
    }

    /// <summary>
    /// The documents that have files which were kept before a moment, as the names of the files say; what has another name is none of
    /// ours.
    /// </summary>
    internal IReadOnlyList<Guid> KeptBefore(DateTimeOffset moment) =>
        [.. Files(moment).Select(file => IdOf(file.Name)).OfType<Guid>().Distinct()];

    private static Guid? IdOf(string name) =>
        Guid.TryParseExact(name.EndsWith(Thumbnail, StringComparison.Ordinal) ? name[..^Thumbnail.Length] : name, "D", out var id)
            ? id : null;

    private IEnumerable<FileInfo> Files(DateTimeOffset before) => Directory.Exists(Folder)
        ? Directory.EnumerateDirectories(Folder).SelectMany(shelf => new DirectoryInfo(shelf).EnumerateFiles())
            .Where(file => file.LastWriteTimeUtc < before.UtcDateTime)
        : [];

    private string ShelfOf(Guid id) => Path.Combine(Folder, $"{id:D}"[..ShelfLength]);

    private static FileStream CreateOwn(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        var shelf = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(shelf);
        }
        else
        {
            // One after the other: those above the last would get the usual mode.
            const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(Path.GetDirectoryName(shelf)!, own);
            Directory.CreateDirectory(shelf, own);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
