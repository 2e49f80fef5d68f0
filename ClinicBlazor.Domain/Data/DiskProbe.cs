using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>
/// Whether the disk of the data directory still takes something: a database on a full one answers every question and
/// loses every answer.
/// </summary>
public sealed class DiskProbe(IOptions<ClinicSettings> settings, TimeProvider time)
{
    /// <summary>Name of the file that is written and deleted.</summary>
    public const string FileName = ".disk-probe";

    // Room for a commit with its log, and for the logs of a while.
    private const int Bytes = 1 << 20;

    // Whoever asks for readiness without a pause must not keep the disk busy.
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(1);

    private readonly Lock one = new();
    private DateTimeOffset? asked;
    private bool answer;

    /// <summary>True when a file of some size could be written just now.</summary>
    public bool HasRoom()
    {
        lock (one)
        {
            var now = time.Now();
            if (asked is not { } before || now - before >= Good)
            {
                answer = TryWrite(Path.Combine(settings.Value.DataDirectory, FileName));
                asked = now;
            }

            return answer;
        }
    }

    private static bool TryWrite(string file)
    {
        try
        {
            using (var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(new byte[Bytes]);
            }

            File.Delete(file);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A full disk is not to be kept full by what asked about it; a folder that is gone has nothing to delete.
            if (File.Exists(file))
            {
                File.Delete(file);
            }

            return false;
        }
    }
}
