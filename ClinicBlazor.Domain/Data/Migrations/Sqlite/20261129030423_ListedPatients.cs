using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Sqlite
{
    /// <summary>Entries of the audit say which role, identifier or fields, and which patients stood in a list.</summary>
    public partial class ListedPatients : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Details",
                table: "AuditEntries",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Form",
                table: "AuditEntries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.CreateTable(
                name: "AuditListed",
                columns: table => new
                {
                    EntryId = table.Column<string>(type: "TEXT", nullable: false),
                    PatientId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditListed", x => new { x.EntryId, x.PatientId });
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditListed_PatientId_EntryId",
                table: "AuditListed",
                columns: new[] { "PatientId", "EntryId" });

            migrationBuilder.GuardListed();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditListed");

            // By SQLite itself: a table that is made anew for it would lose its triggers.
            migrationBuilder.Sql("ALTER TABLE \"AuditEntries\" DROP COLUMN \"Details\"");

            migrationBuilder.Sql("ALTER TABLE \"AuditEntries\" DROP COLUMN \"Form\"");
        }
    }
}
