using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Patients;

/// <summary>The identity document that was seen. Its number is written down nowhere.</summary>
public enum IdentityDocument
{
    /// <summary>A national identity card.</summary>
    IdentityCard,

    /// <summary>A passport.</summary>
    Passport,

    /// <summary>A driving licence.</summary>
    DrivingLicence,

    /// <summary>A residence permit.</summary>
    ResidencePermit,
}

/// <summary>
/// That an account is a patient's own: asked for by somebody who has seen a document, in force once a second person has
/// confirmed it or its time has come, until it is undone.
/// </summary>
internal sealed class AccountLink : IEndsWithAccount
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc/>
    public required Guid PatientId { get; init; }

    /// <inheritdoc/>
    public required Guid AccountId { get; init; }

    /// <summary>What was seen.</summary>
    public required IdentityDocument Document { get; init; }

    /// <summary>By whom.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it takes effect without a second person.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Since when it is in force; null while it waits.</summary>
    public DateTimeOffset? InForceAt { get; private set; }

    /// <summary>Who confirmed it; null where its time came.</summary>
    public Guid? ConfirmedBy { get; private set; }

    /// <summary>When it was undone, withdrawn or had lapsed; null while it stands.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>By whom; null where it lapsed.</summary>
    public Guid? EndedBy { get; private set; }

    /// <summary>Row version.</summary>
    public Guid Version { get; private set; } = Guid.CreateVersion7();

    IReadOnlyCollection<string> IEndsWithAccount.WrittenByAnEnd => [nameof(EndedAt), nameof(EndedBy), nameof(Version)];

    /// <summary>It is in force from now on.</summary>
    public void TakeEffect(Guid? confirmedBy, DateTimeOffset now)
    {
        (InForceAt, ConfirmedBy) = (now, confirmedBy);
        Version = Guid.CreateVersion7();
    }

    /// <summary>Ends it.</summary>
    public void End(Guid? by, DateTimeOffset now)
    {
        (EndedAt, EndedBy) = (now, by);
        Version = Guid.CreateVersion7();
    }
}

internal sealed class AccountLinkConfiguration : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> builder)
    {
        builder.ToTable("AccountLinks");
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.Property(link => link.Version).IsConcurrencyToken();

        // One for a patient and one for an account, waiting or in force.
        builder.HasIndex(link => link.PatientId).IsUnique().HasFilter("\"EndedAt\" IS NULL")
            .HasDatabaseName("IX_AccountLinks_OnePerPatient");
        builder.HasIndex(link => link.AccountId).IsUnique().HasFilter("\"EndedAt\" IS NULL")
            .HasDatabaseName("IX_AccountLinks_OnePerAccount");
        builder.HasIndex(link => new { link.InForceAt, link.DueAt });
        builder.HasOne<Patient>().WithMany().HasForeignKey(link => link.PatientId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(link => link.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(link => link.RequestedBy).OnDelete(DeleteBehavior.Restrict);
    }
}
