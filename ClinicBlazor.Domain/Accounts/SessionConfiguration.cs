using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Address).HasMaxLength(64);
        builder.Property(session => session.UserAgent).HasMaxLength(256);
        builder.Property(session => session.FailedProofs).HasDefaultValue(0).IsConcurrencyToken();

        // Of two who end a session at once, the second finds it ended.
        builder.Property(session => session.RevokedAt).IsConcurrencyToken();
        builder.HasIndex(session => session.TokenHash).IsUnique();
        builder.HasIndex(session => session.AccountId);

        // What the sweep for idle sessions looks through.
        builder.HasIndex(session => new { session.RevokedAt, session.LastActivityAt });
        builder.HasIndex(session => session.ExpiresAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
