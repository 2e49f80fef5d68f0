using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>
    /// Takes every person of the trail for a rare one. By what it has counted, PostgreSQL walks the whole trail for whoever did most of
    /// it, hoping to meet them soon; their last act may be years back, and the index of their own acts is never wrong.
    /// </summary>
    public partial class AuditEstimates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // What it has counted so far would stay for ever: it goes with a change of the type, to the same.
            migrationBuilder.Sql("ALTER TABLE \"AuditEntries\" ALTER COLUMN \"AccountId\" TYPE uuid");
            migrationBuilder.Sql("ALTER TABLE \"AuditEntries\" ALTER COLUMN \"AccountId\" SET STATISTICS 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE \"AuditEntries\" ALTER COLUMN \"AccountId\" SET STATISTICS -1");
        }
    }
}
