using ClinicBlazor.Domain.Input;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts;

internal sealed class AccountWordConfiguration : IEntityTypeConfiguration<AccountWord>
{
    public void Configure(EntityTypeBuilder<AccountWord> builder)
    {
        builder.ToTable("AccountWords");
        builder.HasKey(word => new { word.AccountId, word.Word });
        builder.Property(word => word.AccountId).ValueGeneratedNever();
        builder.Property(word => word.Word).HasMaxLength(NameWords.Longest).ValueGeneratedNever();
        builder.Property(word => word.SortKey).HasMaxLength(254);
        builder.HasIndex(word => new { word.Kind, word.Word, word.SortKey, word.AccountId });
    }
}
