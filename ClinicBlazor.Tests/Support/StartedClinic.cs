using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// The data directory that the first start of a demo clinic leaves. It is made now and then, and copied for every
/// application that a test starts: what such a one finds is what a second start finds, and takes a fraction of the time.
/// </summary>
internal static class StartedClinic
{
    // The demo's morning is told in minutes before its first start, so that a copy must not be much older.
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);
    private static readonly SemaphoreSlim Turn = new(1, 1);

    private static (DateTimeOffset At, IReadOnlyList<StartedFile> Files)? made;

    /// <summary>Makes an empty folder a data directory of a demo clinic.</summary>
    public static async Task CopyAsync(string folder)
    {
        foreach (var file in await FilesAsync())
        {
            var path = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.Bytes);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, file.Mode);
            }
        }
    }

    private static async Task<IReadOnlyList<StartedFile>> FilesAsync()
    {
        await Turn.WaitAsync();
        try
        {
            var now = DateTimeOffset.UtcNow;
            if (made is not { } last || now - last.At > Age || now.LocalDateTime.Date != last.At.LocalDateTime.Date)
            {
                made = last = (now, await StartAsync());
            }

            return last.Files;
        }
        finally
        {
            Turn.Release();
        }
    }

    private static async Task<IReadOnlyList<StartedFile>> StartAsync()
    {
        using var folder = new TestFolder();
        await using (await AppHost.StartAsync(new Dictionary<string, string?> { ["Clinic:DataDirectory"] = folder.Path }))
        {
            // Its first start is all that it is for.
        }

        SqlitePools.Clear(new ClinicSettings { DataDirectory = folder.Path }.SqliteFile);
        return [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder.Path, file))

            // The anchors of the trail lie beside the log, and belong to the clinic.
            .Where(name => Path.GetExtension(name) != ".log")
            .Select(name => StartedFile.Read(folder.Path, name))];
    }

    private sealed record StartedFile(string Name, byte[] Bytes, UnixFileMode Mode)
    {
        public static StartedFile Read(string folder, string name)
        {
            var path = Path.Combine(folder, name);
            var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
            return new StartedFile(name, File.ReadAllBytes(path), mode);
        }
    }
}
