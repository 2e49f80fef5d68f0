using ClinicBlazor.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts;

internal sealed class AccountConfiguration : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.Email).HasMaxLength(254);
        builder.Property(account => account.NormalizedEmail).HasMaxLength(254);
        builder.Property(account => account.UserName).HasMaxLength(254);
        builder.Property(account => account.NormalizedUserName).HasMaxLength(254);

        // The library's, and nobody's here: mail is the only way to an account, and every account can be locked.
        builder.Ignore(account => account.PhoneNumber);
        builder.Ignore(account => account.PhoneNumberConfirmed);
        builder.Ignore(account => account.LockoutEnabled);
        builder.Property(account => account.DisplayName).HasMaxLength(120);
        builder.Property(account => account.Roles).HasConversion<int>();
        builder.Property(account => account.ConcurrencyStamp).HasMaxLength(32).IsConcurrencyToken();
        builder.Property(account => account.SecurityStamp).HasMaxLength(32);
        builder.Property(account => account.RecentFailures).HasMaxLength(100).HasDefaultValue("");
        builder.Property(account => account.Kind).HasDefaultValue(AccountKind.Staff);
        builder.HasIndex(account => account.NormalizedEmail).IsUnique();
        builder.HasIndex(account => new { account.Kind, account.NormalizedEmail });

        // Whoever loads an account in order to change it has the words too: they are made anew in place of the old ones.
        builder.HasMany(account => account.Words).WithOne().HasForeignKey(word => word.AccountId).OnDelete(DeleteBehavior.ClientCascade);
        builder.Navigation(account => account.Words).UsePropertyAccessMode(PropertyAccessMode.Field).HasField("words").AutoInclude();
        builder.HasIndex(account => account.PatientId).IsUnique();
        builder.HasMany<AccessGrant>().WithOne().HasForeignKey(grant => grant.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
