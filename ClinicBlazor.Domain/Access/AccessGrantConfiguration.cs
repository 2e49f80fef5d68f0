using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Access;

/// <summary>The concepts that a grant points to add their own keys: they know the grant, it knows none of them.</summary>
internal sealed class AccessGrantConfiguration : IEntityTypeConfiguration<AccessGrant>
{
    public void Configure(EntityTypeBuilder<AccessGrant> builder)
    {
        builder.ToTable("AccessGrants");
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.Property(grant => grant.EndsAt).IsConcurrencyToken();

        // One part in a care team and one in a visit, held by the database: two desks that add at once cannot both succeed.
        builder.HasIndex(grant => new { grant.PatientId, grant.AccountId })
            .IsUnique().HasFilter("\"EndsAt\" IS NULL AND \"VisitId\" IS NULL").HasDatabaseName("IX_AccessGrants_OnePartInACareTeam");
        builder.HasIndex(grant => new { grant.VisitId, grant.AccountId })
            .IsUnique().HasFilter("\"EndsAt\" IS NULL AND \"VisitId\" IS NOT NULL").HasDatabaseName("IX_AccessGrants_OnePartInAVisit");
        builder.HasIndex(grant => new { grant.AccountId, grant.PatientId, grant.EndsAt });
        builder.HasIndex(grant => new { grant.PatientId, grant.AccountId, grant.EndsAt });
    }
}
