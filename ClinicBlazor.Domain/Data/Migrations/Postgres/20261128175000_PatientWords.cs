using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class PatientWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Patients_GivenNameKey",
                table: "Patients");

            migrationBuilder.DropIndex(
                name: "IX_Patients_PhoneDigits",
                table: "Patients");

            migrationBuilder.DropColumn(
                name: "PhoneDigits",
                table: "Patients");

            migrationBuilder.AddColumn<string>(
                name: "DuplicateReason",
                table: "Patients",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "PatientWords",
                columns: table => new
                {
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    Word = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    SortKey = table.Column<string>(type: "character varying(420)", maxLength: 420, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PatientWords", x => new { x.PatientId, x.Word });
                    table.ForeignKey(
                        name: "FK_PatientWords_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PatientWords_Word_SortKey_PatientId",
                table: "PatientWords",
                columns: new[] { "Word", "SortKey", "PatientId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PatientWords");

            migrationBuilder.DropColumn(
                name: "DuplicateReason",
                table: "Patients");

            migrationBuilder.AddColumn<string>(
                name: "PhoneDigits",
                table: "Patients",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_Patients_GivenNameKey",
                table: "Patients",
                column: "GivenNameKey");

            migrationBuilder.CreateIndex(
                name: "IX_Patients_PhoneDigits",
                table: "Patients",
                column: "PhoneDigits");
        }
    }
}
