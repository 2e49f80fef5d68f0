using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Data;

/// <summary>Without a foreign key to the account, which this layer does not know: a receipt opens nothing and goes after a week.</summary>
internal sealed class CommandReceiptConfiguration : IEntityTypeConfiguration<CommandReceipt>
{
    public void Configure(EntityTypeBuilder<CommandReceipt> builder)
    {
        builder.ToTable("CommandReceipts");

        // Whoever comes second, also at the same moment on another instance, meets this key.
        builder.HasKey(receipt => new { receipt.AccountId, receipt.CommandId });
        builder.Property(receipt => receipt.AccountId).ValueGeneratedNever();
        builder.Property(receipt => receipt.CommandId).ValueGeneratedNever();
        builder.HasIndex(receipt => receipt.At);
    }
}
