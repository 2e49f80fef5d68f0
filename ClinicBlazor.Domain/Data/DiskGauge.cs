using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>How much of the disk of the data directory is free.</summary>
internal interface IDiskGauge
{
    /// <summary>In percent; 100 where the machine cannot tell.</summary>
    double FreePercent();
}

/// <summary>Asks the machine.</summary>
internal sealed class DiskGauge(IOptions<ClinicSettings> settings) : IDiskGauge
{
    /// <inheritdoc/>
    public double FreePercent()
    {
        try
        {
            // On Unix this is the file system that the folder lies on, on Windows its volume.
            var drive = new DriveInfo(Path.GetFullPath(settings.Value.DataDirectory));
            return drive.TotalSize > 0 ? 100.0 * drive.AvailableFreeSpace / drive.TotalSize : 100;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder that is not there, or not to be looked at, makes itself known otherwise (DiskProbe).
            return 100;
        }
    }
}
