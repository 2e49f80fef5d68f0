using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClinicBlazor.Domain.Patients;

internal sealed class PatientNumberConfiguration : IEntityTypeConfiguration<PatientNumber>
{
    public void Configure(EntityTypeBuilder<PatientNumber> builder)
    {
        builder.HasNoKey();
        builder.ToView("Patients");
    }
}
