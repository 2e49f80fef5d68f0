using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Security.Alerts;

/// <summary>Of how many patients somebody opened the chart on a day: the number, not of whom.</summary>
internal sealed class ChartVolume : ITrailWatch
{
    /// <summary>How many days back is what is usual.</summary>
    public const int Days = 14;

    /// <summary>Who.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Which day of the clinic.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Roles held when they last did.</summary>
    public Roles Role { get; private set; }

    /// <summary>Of how many patients.</summary>
    public int Patients { get; private set; }

    /// <summary>Takes the number as the trail has it now.</summary>
    public void Is(int patients, Roles role) => (Patients, Role) = (patients, role);
}

internal sealed class ChartVolumeConfiguration : IEntityTypeConfiguration<ChartVolume>
{
    public void Configure(EntityTypeBuilder<ChartVolume> builder)
    {
        builder.ToTable("ChartVolumes");
        builder.HasKey(volume => new { volume.AccountId, volume.Day });
        builder.Property(volume => volume.AccountId).ValueGeneratedNever();
        builder.Property(volume => volume.Day).ValueGeneratedNever();
        builder.Property(volume => volume.Role).HasConversion<int>();
        builder.HasIndex(volume => new { volume.Role, volume.Day });
        builder.HasIndex(volume => volume.Day);
    }
}
