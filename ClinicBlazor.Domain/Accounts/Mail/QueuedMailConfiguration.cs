using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Accounts.Mail;

internal sealed class QueuedMailConfiguration : IEntityTypeConfiguration<QueuedMail>
{
    public void Configure(EntityTypeBuilder<QueuedMail> builder)
    {
        builder.ToTable("QueuedMails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder.Property(mail => mail.Language).HasMaxLength(12);
        builder.Property(mail => mail.Tries).IsConcurrencyToken();
        builder.HasIndex(mail => new { mail.GivenUpAt, mail.DueAt });
        builder.HasIndex(mail => mail.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(mail => mail.AccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
