using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts;

internal sealed class AccountTokenConfiguration : IEntityTypeConfiguration<AccountToken>
{
    public void Configure(EntityTypeBuilder<AccountToken> builder)
    {
        builder.ToTable("AccountTokens");
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.UsedAt).IsConcurrencyToken();
        builder.HasIndex(token => token.Hash).IsUnique();
        builder.HasIndex(token => token.ExpiresAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(token => token.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
