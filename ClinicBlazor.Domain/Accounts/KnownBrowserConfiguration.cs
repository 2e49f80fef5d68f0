using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts;

internal sealed class KnownBrowserConfiguration : IEntityTypeConfiguration<KnownBrowser>
{
    public void Configure(EntityTypeBuilder<KnownBrowser> builder)
    {
        builder.ToTable("KnownBrowsers");
        builder.Property(known => known.Id).ValueGeneratedNever();
        builder.Property(known => known.FailedCount).IsConcurrencyToken();
        builder.Property(known => known.RecentFailures).HasMaxLength(100).HasDefaultValue("").IsConcurrencyToken();
        builder.HasIndex(known => new { known.AccountId, known.TokenHash }).IsUnique();
        builder.HasIndex(known => known.LastUsedAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(known => known.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
